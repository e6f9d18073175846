import { CreateTableCommand, DeleteBackupCommand, DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { beforeAll, describe, type ExpectStatic, inject, it, type TestContext } from 'vitest';
import * as z from 'zod';
import { catalogBucket } from '../../sandbox/plan-file.ts';
import { freePort } from '../../sandbox/processes/ports.ts';
import { s3ObjectStore } from '../../shared/adapters/s3-object-store.ts';
import { systemClock } from '../../shared/adapters/system-clock.ts';
import { clientOf } from '../support/emulators.ts';
import { eventually } from '../support/eventually.ts';
import { footprint } from '../support/footprint.ts';
import { planFileOf, planNamed, writePlanFile } from '../support/plan-file-of-test.ts';
import { startScriptedServer } from '../support/scripted-server.ts';
import { dynamodb, search } from '../support/shop.ts';
import { tandem } from '../support/tandem-command.ts';

const { environment } = inject('deployed');
const s3 = new S3Client({ ...clientOf(environment.AWS_ENDPOINT_URL ?? ''), forcePathStyle: true });
const catalog = s3ObjectStore(s3, catalogBucket);

const good = planNamed('bad', { tables: ['bad-*'], indices: ['bad-*'] });
const withSearch = (change: object) => ({ ...good, search: { ...good.search, ...change } });
const withRepository = (change: object) => withSearch({ repository: { ...good.search.repository, ...change } });
const fileOf = (plan: object) => planFileOf({ bad: plan, other: good });

const madeSchema = z.object({ recoveryPoint: z.string(), tables: z.tuple([z.object({ backupArn: z.string() })]) });
let made: z.output<typeof madeSchema>;

async function makeApplication(): Promise<void> {
  const TableName = 'bad-orders';
  await dynamodb.send(
    new CreateTableCommand({
      TableName,
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
  await eventually({ clock: systemClock, pollMilliseconds: 50 }, async () => {
    const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName }));
    return Table?.TableStatus === 'ACTIVE' ? true : undefined;
  });
  const settings = { number_of_shards: 1, number_of_replicas: 0 };
  await search('PUT', '/bad-orders', { settings, aliases: { 'bad-alias': {} } });
  await search('PUT', '/bad-orders/_doc/1?refresh=true', { id: '1' });
}

interface Expected {
  exitCode: number;
  code: string;
  says: RegExp;
}

/** Runs a command that is refused, and sees that it touches nothing. */
async function expectRefused(
  expect: ExpectStatic,
  command: string[],
  expected: Expected,
  env = environment,
): Promise<void> {
  const look = () => footprint('bad', ['bad-orders'], catalog);
  const before = await look();

  const { exitCode, json } = await tandem([...command, '--local'], env);

  const { code, message } = z.object({ error: z.object({ code: z.string(), message: z.string() }) }).parse(json).error;
  expect({ exitCode, code }).toEqual({ exitCode: expected.exitCode, code: expected.code });
  expect(message).toMatch(expected.says);
  expect(await look()).toEqual(before);
}

beforeAll(async () => {
  await makeApplication();
  const config = await writePlanFile(fileOf(good));
  const backup = await tandem(['backup', 'bad', '--local', '--config', config], environment);
  made = madeSchema.parse(backup.json);
});

describe.concurrent('a plan file', () => {
  it('that is missing is refused', async ({ expect }) => {
    const expected = { exitCode: 2, code: 'PLAN_FILE_MISSING', says: /nowhere\/tandem\.yml/ };
    await expectRefused(expect, ['backup', 'bad', '--config', 'nowhere/tandem.yml'], expected);
  });

  it.for<[what: string, file: string | object, says: RegExp]>([
    ['that is not YAML', 'version: 1\nplans: [', /\.yml:2: not YAML: /],
    ['with an unknown key', fileOf({ ...good, tabels: {} }), /\.yml:\d+: plans\.bad\.tabels: unknown key$/],
    [
      'with a wrong type',
      fileOf({ ...good, tables: { include: 'bad-*' } }),
      /\.yml:\d+: plans\.bad\.tables\.include: /,
    ],
    [
      'with an invalid cron',
      fileOf({ ...good, schedule: { cron: 'cron(0 2 * * * *)' } }),
      /\.yml:\d+: plans\.bad\.schedule\.cron: must be an EventBridge schedule/,
    ],
    [
      "with a repository name that is the service's own",
      fileOf(withRepository({ name: 'cs-automated' })),
      /\.yml:\d+: plans\.bad\.search\.repository\.name: may not start with cs-/,
    ],
    [
      'with an endpoint that has a path',
      fileOf(withSearch({ endpoint: 'https://search.example.com/_dashboards' })),
      /\.yml:\d+: plans\.bad\.search\.endpoint: must be the address of the domain alone/,
    ],
  ])('%s is refused', async ([, file, says], { expect }) => {
    const expected = { exitCode: 2, code: 'PLAN_FILE_INVALID', says };
    await expectRefused(expect, ['backup', 'bad', '--config', await writePlanFile(file)], expected);
  });
});

describe.concurrent('a plan', () => {
  const tables = (...include: string[]) => ({ ...good, tables: { include } });
  const indices = (patterns: object) => withSearch({ indices: patterns });

  it.for<[what: string, plan: object, code: string, says: RegExp]>([
    ['whose glob matches no table', tables('bad-*', 'none-*'), 'TABLES_MATCH_NOTHING', /"none-\*" matches no table/],
    ['with a table that does not exist', tables('bad-order'), 'TABLES_MATCH_NOTHING', /"bad-order" matches no table/],
    ['whose glob matches no index', indices({ include: ['none-*'] }), 'INDICES_MATCH_NOTHING', /"none-\*" matches no/],
    [
      'that leaves every index out',
      indices({ include: ['bad-*'], exclude: ['*'] }),
      'INDICES_MATCH_NOTHING',
      /\.yml:\d+: leaves out every index/,
    ],
    [
      'whose repository is registered with another bucket',
      withRepository({ bucket: 'another-bucket' }),
      'REPOSITORY_CONFLICT',
      /a repository "bad" is registered with bucket "tandem-sandbox-snapshots"/,
    ],
    [
      'whose repository is registered with another base path',
      withRepository({ basePath: 'elsewhere' }),
      'REPOSITORY_CONFLICT',
      /a repository "bad" is registered with base_path "bad"/,
    ],
  ])('%s is refused', async ([, plan, code, says], { expect }) => {
    const config = await writePlanFile(fileOf(plan));
    await expectRefused(expect, ['backup', 'bad', '--config', config], { exitCode: 2, code, says });
  });
});

describe.concurrent('a search endpoint', () => {
  async function pageServer({ onTestFinished }: TestContext): Promise<string> {
    const { endpoint, stop } = await startScriptedServer({ text: '<!DOCTYPE html><title>Dashboards</title>' });
    onTestFinished(stop);
    return endpoint;
  }

  it.for<[what: string, search: (context: TestContext) => Promise<object>, code: string, says: RegExp]>([
    [
      'that refuses connections',
      async () => ({ endpoint: `http://127.0.0.1:${await freePort()}` }),
      'SEARCH_UNREACHABLE',
      /http:\/\/127\.0\.0\.1:\d+: the connection is refused/,
    ],
    [
      'at a port that is never called',
      async () => ({ endpoint: 'http://127.0.0.1:1' }),
      'SEARCH_UNREACHABLE',
      /http:\/\/127\.0\.0\.1:1: no HTTP is spoken at that port/,
    ],
    [
      'that answers with a page',
      async (context) => ({ endpoint: await pageServer(context) }),
      'SEARCH_NOT_A_CLUSTER',
      /http:\/\/127\.0\.0\.1:\d+: the answer is a page/,
    ],
    [
      'that takes signed requests only',
      async () => ({ auth: { type: 'none' } }),
      'SEARCH_UNAUTHORIZED',
      /User: anonymous is not authorized/,
    ],
  ])('%s is refused', async ([, change, code, says], context) => {
    const config = await writePlanFile(fileOf(withSearch(await change(context))));
    for (const command of [
      ['backup', 'bad'],
      ['restore', 'bad', '--yes'],
    ]) {
      await expectRefused(context.expect, [...command, '--config', config], { exitCode: 2, code, says });
    }
  });
});

it.for([
  ['credentials', 'CREDENTIALS_MISSING', { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' }],
  ['a region', 'REGION_MISSING', { AWS_REGION: '' }],
] as const)('without %s everything is refused', async ([, code, lacking], { expect }) => {
  const config = await writePlanFile(fileOf(good));
  const env = { ...environment, ...lacking, AWS_EC2_METADATA_DISABLED: 'true', HOME: '/nonexistent' };
  const expected = { exitCode: 2, code, says: /s3:\/\/tandem-sandbox-catalog/ };
  const commands = [['backup', 'bad'], ['restore', 'bad', '--yes'], ['list']];
  await Promise.all(commands.map((command) => expectRefused(expect, [...command, '--config', config], expected, env)));
});

describe('a recovery point', () => {
  const manifestKey = () => `recovery-points/bad/${made.recoveryPoint}/manifest.json`;
  const snapshotPath = () => `/_snapshot/bad/tandem-${made.recoveryPoint}`;
  const rename = /"documents":1\b/;

  async function changeByte({ onTestFinished }: TestContext): Promise<void> {
    const manifest = await catalog.get(manifestKey());
    const changed = await catalog.replace(
      manifestKey(),
      manifest?.body.replace(rename, '"documents":2') ?? '',
      manifest?.version ?? '',
    );
    onTestFinished(async () => void (await catalog.replace(manifestKey(), manifest?.body ?? '', changed ?? '')));
  }

  async function blockIndex({ onTestFinished }: TestContext): Promise<void> {
    const block = (read_only: boolean | null) =>
      search('PUT', '/bad-orders/_settings', { index: { blocks: { read_only } } });
    await block(true);
    onTestFinished(async () => void (await block(null)));
  }

  async function deleteSnapshot(): Promise<void> {
    await search('DELETE', snapshotPath());
  }

  /** With the very metadata of the snapshot that was there before. */
  async function makeSnapshotAgain(): Promise<void> {
    const metadata = { tandem_run: made.recoveryPoint, tandem_plan: 'bad' };
    const body = { indices: ['bad-orders'], include_global_state: false, metadata };
    await search('PUT', `${snapshotPath()}?wait_for_completion=true`, body);
  }

  async function deleteTableBackup(): Promise<void> {
    await dynamodb.send(new DeleteBackupCommand({ BackupArn: made.tables[0].backupArn }));
  }

  // From "the snapshot is gone" on, each finds what the one before has left.
  it.for<{
    what: string;
    plan?: string;
    point?: string;
    happen?(context: TestContext): Promise<void>;
    code: string;
    says: RegExp;
  }>([
    { what: 'is unknown', point: 'bad-20200101-000000', code: 'RECOVERY_POINT_NOT_FOUND', says: /bad-20200101-000000/ },
    {
      what: 'belongs to another plan',
      plan: 'other',
      code: 'RECOVERY_POINT_OF_ANOTHER_PLAN',
      says: /belongs to plan bad, not to other/,
    },
    {
      what: 'has a manifest of which one byte was changed',
      happen: changeByte,
      code: 'RECOVERY_POINT_CHANGED',
      says: /The manifest of bad-\S+ does not match its hash/,
    },
    {
      what: 'would replace an index that must not be changed',
      happen: blockIndex,
      code: 'INDEX_PROTECTED',
      says: /bad-orders/,
    },
    {
      what: 'has lost its snapshot',
      happen: deleteSnapshot,
      code: 'SNAPSHOT_NOT_FOUND',
      says: /Snapshot tandem-bad-\S+ is gone from repository bad/,
    },
    {
      what: 'has another snapshot under the same name',
      happen: makeSnapshotAgain,
      code: 'SNAPSHOT_CHANGED',
      says: /Snapshot tandem-bad-\S+ is not the one that was recorded/,
    },
    {
      what: 'has lost the backup of a table as well, which is told with the other',
      happen: deleteTableBackup,
      code: 'RESTORE_REFUSED',
      says: /\[BACKUP_NOT_FOUND\] The backups of these tables are gone: bad-orders \(arn:.+\n- \[SNAPSHOT_CHANGED\] /,
    },
  ])(
    'is not restored where it $what',
    async ({ plan = 'bad', point = made.recoveryPoint, happen, code, says }, context) => {
      await happen?.(context);
      const config = await writePlanFile(fileOf(good));
      const restore = ['restore', plan, '--point', point, '--yes', '--config', config];
      await expectRefused(context.expect, restore, { exitCode: 3, code, says });
    },
  );
});
