import { readFile } from 'node:fs/promises';
import { IAMClient, ListRolesCommand } from '@aws-sdk/client-iam';
import { expect, inject, test } from 'vitest';
import { account } from '../../sandbox/account.ts';
import { iamIdentities } from '../../shared/adapters/iam-identities.ts';
import { systemClock } from '../../shared/adapters/system-clock.ts';
import { compareRole } from '../support/compared-role.ts';
import { clientOf } from '../support/emulators.ts';
import { writePlanFile } from '../support/plan-file-of-test.ts';
import { tandem } from '../support/tandem-command.ts';

const { environment, planFile } = inject('deployed');

/** The plan file that is deployed, with its domain in a private network. */
async function inPrivateNetwork(change: (text: string) => string = (text) => text): Promise<string> {
  const text = await readFile(planFile, 'utf8');
  const vpc = 'vpc: { subnets: [subnet-1], securityGroups: [sg-1] }';
  return writePlanFile(change(text).replace(/search:\n( +)/, `search:\n$1${vpc}\n$1`));
}

test('a domain in a private network is set up through the deployed function, under its own role', async () => {
  const began = systemClock.now();
  const config = await inPrivateNetwork();
  const setUp = (...options: string[]) => tandem(['setup', 'app', '--config', config, ...options], environment);
  const { Roles } = await new IAMClient(clientOf(inject('miniStack'))).send(new ListRolesCommand({}));
  const deployed = (Roles ?? []).map(({ Arn }) => Arn ?? '').filter((arn) => /(Backup|Restore|Setup)Role/.test(arn));

  const first = await setUp('--yes');

  expect(first).toMatchObject({
    exitCode: 0,
    json: {
      state: 'SET_UP',
      place: 'through tandem-sandbox-setUpDomain',
      domain: { security: null, repository: { name: 'tandem', settings: { base_path: 'tandem' } } },
    },
  });
  expect(deployed).toHaveLength(3);
  expect(first.json).toHaveProperty('principals', expect.arrayContaining(deployed));
  expect(await setUp()).toMatchObject({ exitCode: 0, json: { changes: [] } });
  const { called, ...differences } = await compareRole('SetupRole', began);
  expect(called).toEqual(expect.arrayContaining(['es:ESHttpGet', 'es:ESHttpPost']));
  expect(differences).toEqual({ denied: [], notAllowed: [], notNeeded: [] });
});

const snapshot = '_snapshot/tandem/tandem-app-20261128-020000';

test.for([
  [
    'Backup',
    [`Post ${snapshot}/_restore`, 'Post shop-orders/_doc/_refresh', `Delete ${snapshot}`],
    'Post shop-orders/_search',
  ],
  ['Restore', [`Delete ${snapshot}`, 'Delete shop-orders/_doc/1', 'Patch shop-orders'], 'Delete shop-orders'],
  ['Setup', [`Delete ${snapshot}`, 'Delete shop-orders'], 'Delete _snapshot/tandem'],
] as const)('IAM keeps the %sRole from %j', async ([name, kept, allowed]) => {
  const iam = new IAMClient(clientOf(inject('miniStack')));
  const { Roles = [] } = await iam.send(new ListRolesCommand({}));
  const role = Roles.find(({ Arn }) => Arn?.includes(`${name}Role`))?.Arn ?? '';
  const decisionOn = async (request: string) => {
    const [method, path] = request.split(' ');
    const resource = `arn:aws:es:us-east-1:${account.id}:domain/shop/${path}`;
    const [answer] = await iamIdentities(iam).decisions(role, [`es:ESHttp${method}`], resource);
    return answer?.decision;
  };

  for (const request of kept) expect(await decisionOn(request)).toBe('denied');
  expect(await decisionOn(allowed)).toBe('allowed');
});

test('what the function fails with is told as it is', async () => {
  const config = await inPrivateNetwork((text) => text.replace(/^( *)app:$/m, '$1twin:'));

  expect(await tandem(['setup', 'twin', '--config', config, '--yes'], environment)).toMatchObject({
    exitCode: 2,
    json: { error: { code: 'PLAN_UNKNOWN', message: expect.stringContaining('the plan file holds: app') } },
  });
});
