import { DeleteRolePolicyCommand, IAMClient, ListRolesCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { describe, expect, inject, it } from 'vitest';
import { openAlertInbox } from '../support/alert-inbox.ts';
import { clientOf } from '../support/emulators.ts';
import { executionsOf } from '../support/executions.ts';
import { makeApplication } from '../support/shop.ts';
import { tandem } from '../support/tandem-command.ts';

const { environment, planFile } = inject('deployed');
const aws = environment.AWS_ENDPOINT_URL ?? '';
const iam = new IAMClient(clientOf(aws));

/** Takes an action from the role of the backup, and gives it back afterwards. */
async function without(action: string, work: () => Promise<void>): Promise<void> {
  const { Roles = [] } = await iam.send(new ListRolesCommand());
  const RoleName = Roles.find(({ RoleName: name }) => name?.includes('BackupRole'))?.RoleName;
  const Statement = [{ Effect: 'Deny', Action: action, Resource: '*' }];
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'missing', PolicyDocument }));
  try {
    await work();
  } finally {
    await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: 'missing' }));
  }
}

describe('a deployed backup whose role lacks an action', () => {
  it('fails with one alert, from which it can be carried on', async () => {
    await makeApplication();
    const inbox = await openAlertInbox(aws);
    let alert = '';

    await without('dynamodb:CreateBackup', async () => {
      const answer = await tandem(['backup', 'app', '--config', planFile], environment);
      expect(answer).toMatchObject({ exitCode: 4, json: { error: { code: 'ACCESS_DENIED' } } });

      const alerts = await inbox();
      expect(alerts).toHaveLength(1);
      alert = alerts[0]?.Message ?? '';
      expect(alert).toContain('Step: StartTableBackups');
      expect(alert).toContain('dynamodb:CreateBackup');
      expect(alert).toMatch(/snapshot tandem-app-\S+: complete, (\d+) of \1 shards/);
      const [execution] = await executionsOf(aws, 'backup');
      expect(execution).toMatchObject({ status: 'FAILED', error: 'ProviderFailureError' });
    });

    expect(alert).toMatch(/npx tandem backup app --run=\S+ --stage=\w+\n/);
    const command = /npx tandem (.+)/.exec(alert)?.[1]?.split(' ') ?? [];
    const carriedOn = await tandem([...command, '--config', planFile], environment);
    expect(carriedOn).toMatchObject({ exitCode: 0, json: { state: 'COMPLETE' } });
    expect(await inbox()).toEqual([]);
  });
});
