import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  PutItemCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { expect, inject, it } from 'vitest';
import { compareApplications, readApplication } from '../../sandbox/demo/application-state.ts';
import { systemClock } from '../../shared/adapters/system-clock.ts';
import { eventually } from '../support/eventually.ts';
import { planFileOf, planNamed, writePlanFile } from '../support/plan-file-of-test.ts';
import { dynamodb, search } from '../support/shop.ts';
import { tandem } from '../support/tandem-command.ts';

const { environment } = inject('deployed');

const longest = `odd-${'long'.repeat(62)}255`;
/** With as many items as their position tells, and every third one empty. */
const tables = [
  'a.b-c_D',
  '___',
  longest,
  '__proto__',
  'constructor',
  ...Array.from({ length: 25 }, (_, number) => `odd.${number}`),
];
const itemsOf = (position: number) => Array.from({ length: position % 3 }, (_, item) => `item ${item}`);

/** By name, in order. */
const indices: Record<string, { documents: number; settings?: object; aliases?: object }> = {
  constructor: { documents: 4 },
  // Its alias begins like the name of its neighbour.
  odd: { documents: 30, aliases: { 'odd-products': {} } },
  'odd-closed': { documents: 15, settings: { number_of_shards: 2 } },
  'odd-empty': { documents: 0 },
  'odd-prod': { documents: 20 },
  'odd-replicated': { documents: 5, settings: { number_of_replicas: 1 } },
  'ünï+x': { documents: 10, aliases: { älias: { filter: { term: { id: '1' } } } } },
};

const at = (index: string) => `/${encodeURIComponent(index)}`;
const soon = { clock: systemClock, pollMilliseconds: 100 };

function untilTable(TableName: string, status: string | undefined): Promise<true> {
  return eventually(soon, async () => {
    const described = await dynamodb.send(new DescribeTableCommand({ TableName })).catch(() => undefined);
    return described?.Table?.TableStatus === status || undefined;
  });
}

async function makeTable(TableName: string, position: number): Promise<void> {
  await dynamodb.send(
    new CreateTableCommand({
      TableName,
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
      DeletionProtectionEnabled: TableName === longest,
      // DynamoDB takes few calls a second that tag: each tagged table costs its time.
      Tags: TableName === longest ? [{ Key: 'ünï', Value: '+' }] : [],
    }),
  );
  await untilTable(TableName, 'ACTIVE');
  for (const id of itemsOf(position)) {
    await dynamodb.send(new PutItemCommand({ TableName, Item: { id: { S: id }, nothing: { NULL: true } } }));
  }
}

/** Drops a third of the tables, and writes to the others. */
async function damageTable(TableName: string, position: number): Promise<void> {
  if (position % 3 === 0) {
    await dynamodb.send(new DeleteTableCommand({ TableName }));
    await untilTable(TableName, undefined);
  } else {
    await dynamodb.send(new PutItemCommand({ TableName, Item: { id: { S: 'item 0' }, damaged: { BOOL: true } } }));
  }
}

async function makeIndex(name: string): Promise<void> {
  const { documents = 0, settings = {}, aliases = {} } = indices[name] ?? {};
  const mappings = { properties: { id: { type: 'keyword' } } };
  const usual = { number_of_shards: 1, number_of_replicas: 0 };
  await search('PUT', at(name), { settings: { ...usual, ...settings }, mappings, aliases });
  await write(name, documents);
}

async function write(index: string, documents: number, content: object = {}): Promise<void> {
  const ids = Array.from({ length: documents }, (_, number) => `${number}`);
  const lines = ids.flatMap((id) => [{ index: { _id: id } }, { id, ...content }]);
  if (lines.length > 0) await search('POST', `${at(index)}/_bulk?refresh=true`, lines);
}

async function damageIndices(): Promise<void> {
  await search('DELETE', at('odd'));
  await write('odd-prod', 25, { damaged: true });
  await search('POST', '/_aliases', { actions: [{ add: { index: 'odd-prod', alias: 'odd-products' } }] });
  await search('DELETE', at('constructor'));
  await search('DELETE', at('ünï+x'));
  await write('odd-empty', 3);
  await search('POST', '/odd-closed/_open');
  await write('odd-closed', 2, { damaged: true });
  await search('DELETE', '/odd-replicated');
}

it('tables with odd names and indices of every kind come back as they were', { timeout: 180_000 }, async () => {
  await Promise.all(tables.map(makeTable));
  const TimeToLiveSpecification = { AttributeName: 'expiresAt', Enabled: true };
  await dynamodb.send(new UpdateTimeToLiveCommand({ TableName: '___', TimeToLiveSpecification }));
  for (const name of Object.keys(indices)) await makeIndex(name);
  const application = { tables: tables.map((name) => ({ name, keys: ['id'] })), indices: Object.keys(indices) };
  const read = () => readApplication(dynamodb, search, application);
  const before = await read();
  await search('POST', '/odd-closed/_close');
  const parts = {
    tables: ['odd*', '___', 'a.b-c_D', '__proto__', 'constructor'],
    indices: ['odd*', 'constructor', '?n?+x'],
  };
  const planFile = await writePlanFile(planFileOf({ odd: planNamed('odd', parts) }));
  const run = (...command: string[]) => tandem([...command, '--local', '--config', planFile], environment);

  const backup = await run('backup', 'odd');
  expect(backup).toMatchObject({ exitCode: 0, json: { state: 'COMPLETE', tables: { length: 30 } } });
  expect(backup.json).toMatchObject({
    snapshot: {
      indices: Object.entries(indices).map(([name, { documents }]) => ({
        name,
        documents: name === 'odd-closed' ? null : documents,
      })),
    },
  });
  await Promise.all([...tables.map(damageTable), damageIndices()]);

  const restore = await run('restore', 'odd', '--yes');

  expect(restore).toMatchObject({ exitCode: 0, json: { state: 'COMPLETE', differences: [] } });
  expect(restore.json).toHaveProperty('remarks', [
    'odd-replicated stays yellow: 1 replica(s) do not fit on 1 data node; every primary is there.',
  ]);
  await expect(search('GET', '/odd-closed/_search')).rejects.toThrow('index_closed_exception');
  await search('POST', '/odd-closed/_open');
  expect(compareApplications(before, await read())).toEqual([]);
});
