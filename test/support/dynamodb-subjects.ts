import { inject } from 'vitest';
import { startDynamoDbLayer } from '../../sandbox/dynamodb/layer.ts';
import { systemClock } from '../../shared/adapters/system-clock.ts';
import type { ContributorInsights } from '../../shared/ports/contributor-insights.ts';
import type { KinesisDestinations } from '../../shared/ports/kinesis-destinations.ts';
import type { TableBackups } from '../../shared/ports/table-backups.ts';
import type { TableItems } from '../../shared/ports/table-items.ts';
import type { Tables } from '../../shared/ports/tables.ts';
import { dynamodbOfEmulator } from './dynamodb-of-emulator.ts';
import type { Waiting } from './eventually.ts';
import { FakeClock } from './fakes/clock.ts';
import { FakeDynamoDb } from './fakes/dynamodb.ts';
import type { TableSpec } from './table-spec.ts';

/** A DynamoDB that the contract suites run on, with what they need beside the ports. */
export interface DynamoDb extends Waiting {
  tables: Tables;
  backups: TableBackups;
  contributorInsights: ContributorInsights;
  kinesisDestinations: KinesisDestinations;
  tableItems: TableItems;
  createTable(spec: TableSpec): Promise<void>;
  write(table: string, key: string, value: string): Promise<void>;
  items(table: string): Promise<Record<string, string>>;
  deleteBackup(arn: string): Promise<void>;
  stop(): Promise<void>;
}

/** What DynamoDB does and an emulator may leave out. */
type Behaviour =
  /** Takes its time over changes, and refuses meanwhile what DynamoDB refuses. */
  | 'life cycle'
  /** Keeps the class of a table. */
  | 'table class'
  /** Keeps on-demand maximums. */
  | 'on-demand maximum'
  /** Changes the key of a table. */
  | 'encryption'
  /** Keeps the policy of a stream. */
  | 'stream policy'
  /** Knows Contributor Insights and Kinesis destinations. */
  | 'feeds'
  /** Keeps the mode of Contributor Insights. */
  | 'mode of insights'
  /** Restores a table as it was at a moment: the emulators restore what it is now. */
  | 'point in time'
  /** Keeps how many days a table can be recovered to. */
  | 'recovery days'
  /** Tells of which table, by its id, a backup is. */
  | 'table of a backup'
  /** Refuses a TTL and tags for a table that does not exist. */
  | 'TTL and tags of no table'
  /** Says that there is no table where its tags are asked for. */
  | 'no tags of no table';

interface DynamoDbSubject {
  name: string;
  plays(behaviour: Behaviour): boolean;
  open(): Promise<DynamoDb>;
}

const virtual = { pollMilliseconds: 2_000 };
const real = { clock: systemClock, pollMilliseconds: 20 };

async function fake(): Promise<DynamoDb> {
  const clock = new FakeClock();
  const dynamodb = new FakeDynamoDb(clock);
  return {
    ...virtual,
    clock,
    tables: dynamodb.tables,
    backups: dynamodb.backups,
    contributorInsights: dynamodb.contributorInsights,
    kinesisDestinations: dynamodb.kinesisDestinations,
    tableItems: dynamodb.tableItems,
    createTable: async (spec) => dynamodb.createTable(spec),
    write: async (table, key, value) => dynamodb.write(table, key, value),
    items: async (table) => Object.fromEntries(dynamodb.items(table)),
    deleteBackup: async (arn) => dynamodb.deleteBackup(arn),
    stop: async () => {},
  };
}

/** The sandbox's layer with the real service's durations, in virtual time, before an instant emulator. */
async function layer(): Promise<DynamoDb> {
  const clock = new FakeClock(new Date().toISOString());
  const layered = await startDynamoDbLayer({ upstream: inject('miniStack'), clock, timeScale: 1 });
  return { ...virtual, clock, ...dynamodbOfEmulator(layered.endpoint, clock), stop: () => layered.stop() };
}

async function emulator(endpoint: string): Promise<DynamoDb> {
  return { ...real, ...dynamodbOfEmulator(endpoint, systemClock), stop: async () => {} };
}

function subject(name: string, open: () => Promise<DynamoDb>, leavesOut: Behaviour[]): DynamoDbSubject {
  return { name, open, plays: (behaviour) => !leavesOut.includes(behaviour) };
}

export const dynamodbSubjects = [
  subject('the fake', fake, []),
  subject("the sandbox's layer", layer, ['recovery days', 'mode of insights']),
  subject('MiniStack', () => emulator(inject('miniStack')), [
    'life cycle',
    'point in time',
    'recovery days',
    'no tags of no table',
    'mode of insights',
  ]),
  subject('moto', () => emulator(inject('moto')), [
    'life cycle',
    'point in time',
    'table class',
    'on-demand maximum',
    'encryption',
    'stream policy',
    'feeds',
    'table of a backup',
    'TTL and tags of no table',
  ]),
];
