import { readFile } from 'node:fs/promises';
import { DeleteTableCommand, DescribeTableCommand, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { beforeAll, describe, expect, inject, it, test } from 'vitest';
import * as z from 'zod';
import { makeFunction, streamOf, trigger, writeThrough } from '../../sandbox/demo/application-indexer.ts';
import { type ApplicationState, compareApplications, readApplication } from '../../sandbox/demo/application-state.ts';
import { damageApplication } from '../../sandbox/demo/damage.ts';
import { systemClock } from '../../shared/adapters/system-clock.ts';
import { restoreStateSchema } from '../../shared/contracts/steps.ts';
import { openAlertInbox } from '../support/alert-inbox.ts';
import { compareRole } from '../support/compared-role.ts';
import { execute } from '../support/executions.ts';
import { dynamodb, indexerPlace, makeApplication, search } from '../support/shop.ts';
import { tandem } from '../support/tandem-command.ts';

const { environment, planFile } = inject('deployed');
const aws = environment.AWS_ENDPOINT_URL ?? '';
const run = (...command: string[]) => tandem([...command, '--config', planFile], environment);

const began = systemClock.now();
let before: ApplicationState;
const differences = async () => compareApplications(before, await readApplication(dynamodb, search));

beforeAll(async () => {
  before = await makeApplication();
});

describe('the main job, deployed, with the inputs of events/ pasted into the console', () => {
  async function event(name: string): Promise<object> {
    return JSON.parse(await readFile(new URL(`../../events/${name}.json`, import.meta.url), 'utf8'));
  }

  it('backs up, shows the plan of a restore, and restores once the hash of that plan is filled in', async () => {
    expect(await execute(aws, 'backup', await event('backup-now'))).toMatchObject({ status: 'SUCCEEDED' });
    await damageApplication(dynamodb, search);
    const damage = await differences();
    expect(damage).not.toEqual([]);
    const oldStream = await streamOf(dynamodb);

    const dryRun = await execute(aws, 'restore', await event('restore-dry-run'));
    expect(dryRun.status).toBe('SUCCEEDED');
    expect(await differences()).toEqual(damage);

    const { planHash, outline } = restoreStateSchema.parse(JSON.parse(dryRun.output ?? ''));
    expect(outline).toMatchObject({ tables: { replace: 2, create: 1 }, indices: { replace: 3, create: 1 } });
    const confirmed = { ...(await event('restore-confirmed')), planHash };
    expect(await execute(aws, 'restore', confirmed)).toMatchObject({ status: 'SUCCEEDED' });
    expect(await differences()).toEqual([]);
    await expectFed(oldStream);
  });

  /** New items of a restored table reach their index, and nothing that reads the stream of the table that is gone. */
  async function expectFed(oldStream: string): Promise<void> {
    // What a restore leaves behind that does not know of triggers.
    const left = await makeFunction('left-indexer', 'left-products', indexerPlace);
    await trigger(left, oldStream, indexerPlace);
    await writeThrough(dynamodb, search, async () => {
      expect(await search('GET', '/_cat/indices/left-product*?format=json')).toEqual([]);
    });
  }

  it('touches nothing while the hash is not filled in, and one alert says so', async () => {
    const inbox = await openAlertInbox(aws);

    const refused = await execute(aws, 'restore', await event('restore-confirmed'));

    expect(refused).toMatchObject({ status: 'FAILED', error: 'GuardRefusedError' });
    // A sentence, and not what Lambda tells with it.
    expect(refused.cause).toMatch(/^\[PLAN_CHANGED\] PlanRestore: .+\nWhat to do: .+$/);
    expect(await inbox()).toEqual([
      { Subject: expect.stringContaining('app'), Message: expect.stringContaining('Step: PlanRestore') },
    ]);
    expect(await differences()).toEqual([]);
  });
});

describe('the main job, deployed, from the command line', () => {
  it('shows the plan of a restore without touching anything', async () => {
    expect(await run('restore', 'app', '--dry-run')).toMatchObject({
      exitCode: 0,
      json: { state: 'PLANNED', plan: { tables: [{ action: 'replace' }, {}, {}], indices: [{}, {}, {}, {}] } },
    });
    expect(await differences()).toEqual([]);
  });

  it('brings back what is named alone, and can be left meanwhile and watched again', async () => {
    await search('DELETE', '/shop-customers');

    const left = await run('restore', 'app', '--indices', 'shop-c*', '--yes', '--detach');
    expect(left).toMatchObject({ exitCode: 0, json: { plan: 'app', state: 'RUNNING' } });

    expect(await run('watch', z.object({ run: z.string() }).parse(left.json).run)).toMatchObject({
      exitCode: 0,
      json: { state: 'COMPLETE', tables: [], indices: [{ name: 'shop-customers', health: 'green' }], differences: [] },
    });
    expect(await differences()).toEqual([]);
  });

  it('lists the newest recovery point first', async () => {
    const { json } = await run('list', 'app');

    const listed = z.array(z.looseObject({ createdAt: z.iso.datetime() })).parse(json);
    // Other files back the same application up.
    const since = listed.filter(({ createdAt }) => new Date(createdAt) >= began);
    expect(since).toMatchObject([
      { indices: 0, safetyOf: expect.any(String) },
      { safetyOf: expect.any(String) },
      { tables: 3 },
    ]);
  });
});

it('the main job, in this process, backs up and brings everything back that was damaged; deployed, it is undone', async () => {
  const backup = await run('backup', 'app', '--local');
  expect(backup).toMatchObject({ exitCode: 0, json: { state: 'COMPLETE', plan: 'app' } });
  await damageApplication(dynamodb, search);
  const damaged = await readApplication(dynamodb, search);
  expect(compareApplications(before, damaged)).not.toEqual([]);

  const restore = await run('restore', 'app', '--point', 'latest', '--yes', '--local');
  expect(restore).toMatchObject({ exitCode: 0, json: { state: 'COMPLETE', differences: [] } });
  expect(await differences()).toEqual([]);

  const { safetyPoint } = z.object({ safetyPoint: z.string() }).parse(restore.json);
  const undo = await run('restore', 'app', '--point', safetyPoint, '--yes');
  expect(undo).toMatchObject({ exitCode: 0, json: { state: 'COMPLETE', differences: [] } });
  expect(compareApplications(damaged, await readApplication(dynamodb, search))).toEqual([]);
});

it('tables alone, deployed, are refilled in place: what differs is written and nothing else', async () => {
  const [stream, id] = [await streamOf(dynamodb), await idOf('shop-products')];

  const tables = ['--tables', 'shop-products', 'shop-sessions'];
  const refill = await run('restore', 'app', ...tables, '--table-strategy', 'refill', '--sample', '20', '--yes');

  // What `damageApplication` deletes and alters.
  expect(refill).toMatchObject({
    exitCode: 0,
    json: {
      tables: [
        { name: 'shop-products', action: 'refill', written: 350, deleted: 0, sample: { compared: 20, differing: [] } },
        { name: 'shop-sessions', action: 'refill', written: 300, deleted: 0, sample: { compared: 20, differing: [] } },
      ],
      differences: [],
    },
  });
  expect((await differences()).filter((line) => /^table shop-(products|sessions)/.test(line))).toEqual([]);
  expect([await streamOf(dynamodb), await idOf('shop-products')]).toEqual([stream, id]);
  const { TableNames } = await dynamodb.send(new ListTablesCommand({}));
  expect(TableNames?.filter((name) => name.includes('-tandem-scratch-'))).toEqual([]);
});

it('indices alone, deployed, are closed and restored over, then swapped, which is undone', async () => {
  const indices = ['--point', 'latest', '--indices', '*', '--index-strategy'];
  const ofIndices = async () => (await differences()).filter((line) => line.startsWith('index'));
  expect(await ofIndices()).not.toEqual([]);

  expect(await run('restore', 'app', ...indices, 'close', '--yes')).toMatchObject({ exitCode: 0 });
  expect(await ofIndices()).toEqual([]);

  const swap = await run('restore', 'app', ...indices, 'swap', '--yes');
  expect(swap).toMatchObject({ exitCode: 0, json: { differences: [] } });
  const behind = Object.keys(z.record(z.string(), z.unknown()).parse(await search('GET', '/_alias/shop-customers')));
  expect(behind).toEqual([expect.stringMatching(/^shop-customers-swap-/)]);

  const { safetyPoint } = z.object({ safetyPoint: z.string() }).parse(swap.json);
  expect(await run('restore', 'app', '--point', safetyPoint, '--yes')).toMatchObject({ exitCode: 0 });
  expect(await ofIndices()).toEqual([]);
});

it('a table, deployed, is restored beside the one that is there, with its settings', async () => {
  const beside = ['--tables', 'shop-sessions', '--table-strategy', 'beside', '--settings', '--yes'];

  expect(await run('restore', 'app', ...beside)).toMatchObject({
    exitCode: 0,
    json: { tables: [{ name: 'shop-sessions', target: 'shop-sessions-restored' }], safetyPoint: null, differences: [] },
  });

  await dynamodb.send(new DeleteTableCommand({ TableName: 'shop-sessions-restored' }));
});

async function idOf(TableName: string): Promise<string | undefined> {
  return (await dynamodb.send(new DescribeTableCommand({ TableName }))).Table?.TableId;
}

test.for(['Backup', 'Restore'] as const)(
  'the role of the deployed %s allows what its functions called in all of this, and nothing that none of them called',
  async (workflow) => {
    // The one call that only a run makes which fails.
    await execute(aws, workflow === 'Backup' ? 'backup' : 'restore', { plan: 'unknown' });

    const { denied, notAllowed, notNeeded } = await compareRole(`${workflow}Role`, began);

    expect({ denied, notAllowed, notNeeded }).toEqual({ denied: [], notAllowed: [], notNeeded: [] });
  },
);
