import type { TableRestore } from '../contracts/ledger/restores.ts';
import type { Difference } from '../contracts/ledger/verification.ts';
import type { IndexRecord, SearchRecord, TableFacts } from '../contracts/manifest.ts';
import type { SharedAlias } from '../contracts/restore-plan.ts';
import type { TableShape } from '../contracts/table-settings.ts';
import { canonicalJson } from './hash.ts';
import { replicaRemedy, settingRemedy } from './setting-remedies.ts';
import { fixedThroughput, scaledUnits, warmThroughputChange } from './table-capacity.ts';
import {
  destinationsToEnable,
  insightsToEnable,
  isSameRecovery,
  normalPolicy,
  type RestoredSetting,
  scalingToPutBack,
  streamPolicyFor,
  type TableState,
} from './table-settings.ts';

/** A live table as verification looks at it. */
interface LiveShape extends Pick<TableState, 'shape'> {
  tableId: string;
  status: string;
}

/** Undefined where there is none. */
export type LiveTable = (TableState & LiveShape) | undefined;

/** What the ledger and the plan tell of a table beside how it was recorded. */
interface ExpectedTable extends Pick<TableRestore, 'puttingBack'> {
  /** Of the one that the restore made, or that it left in its place. */
  tableId?: string | null | undefined;
}

/** @param remedy what to do about this very difference, where that is known */
type Compare = (what: string, expected: unknown, found: unknown, remedy?: string) => void;

function collect(kind: Difference['kind'], name: string, compareAll: (compare: Compare) => void): Difference[] {
  const differences: Difference[] = [];
  compareAll((what, expected, found, remedy) => {
    const [expectedText, foundText] = [textOf(expected), textOf(found)];
    if (expectedText === foundText) return;
    differences.push({ kind, name, what, expected: expectedText, found: foundText, ...(remedy && { remedy }) });
  });
  return differences;
}

function textOf(value: unknown): string {
  if (value === undefined) return 'none';
  return typeof value === 'string' ? value : canonicalJson(value);
}

/**
 * How a live table differs from what the manifest recorded: keys, secondary indexes, capacity and settings.
 *
 * @param expected which table it is, since another one of that name holds something else, and what could not be put back
 */
export function tableDifferences(record: TableFacts, live: LiveTable, expected: ExpectedTable): Difference[] {
  const { puttingBack } = expected;
  return collect('table', record.name, (compare) => {
    if (live === undefined) return compare('table', 'exists', 'does not exist');
    compareShapes(record, live, expected, compare);
    const away = (record.settings.replicas ?? []).filter((region) => !live.settings.replicas?.includes(region));
    if (away.length > 0)
      compare('replicas', record.settings.replicas, live.settings.replicas, replicaRemedy(record, away));
    compareSettings(record, live, (name, what, expected, found) =>
      compare(what, expected, found, withReason(settingRemedy(name, record), puttingBack?.get(name)?.refused)),
    );
  });
}

/** The same of a table that gets no settings: keys, secondary indexes and billing mode, which come with its backup. */
export function shapeDifferences(record: TableFacts, live: LiveShape, expected: ExpectedTable): Difference[] {
  return collect('table', record.name, (compare) => compareShapes(record, live, expected, compare));
}

function compareShapes(record: TableFacts, live: LiveShape, { tableId }: ExpectedTable, compare: Compare): void {
  compare('table id', tableId ?? undefined, live.tableId);
  compare('status', 'ACTIVE', live.status);
  compare('keys', record.shape.keys, live.shape.keys);
  compare('attributes', record.shape.attributes, live.shape.attributes);
  compare('global secondary indexes', globalIndexes(record, record.shape), globalIndexes(record, live.shape));
  compare('local secondary indexes', byName(record.shape.localIndexes), byName(live.shape.localIndexes));
  compare('vector indexes', record.shape.vectorIndexes, live.shape.vectorIndexes);
  compare('billing mode', record.shape.billingMode, live.shape.billingMode);
}

/** @param refused what the service said against it */
export function withReason(remedy: string, refused: string | undefined): string {
  return refused === undefined ? remedy : `${remedy}. It was refused: ${refused}`;
}

type CompareSetting = (setting: RestoredSetting, what: string, expected: unknown, found: unknown) => void;

function compareSettings({ shape, settings }: TableFacts, live: TableState, compare: CompareSetting): void {
  const found = live.settings;
  const scaled = scaledUnits(settings.scaling);
  const throughput = (one: TableShape) => fixedThroughput(one.throughput, scaled);
  const streamPolicy = normalPolicy(streamPolicyFor(settings, live.streamArn));
  compare('throughput', 'throughput', throughput(shape), throughput(live.shape));
  compare('onDemandMaximum', 'on-demand maximum', shape.onDemandMaximum, live.shape.onDemandMaximum);
  compare('tags', 'tags', settings.tags, found.tags);
  compare('stream', 'stream', settings.stream, found.stream);
  compare('timeToLive', 'time to live', settings.timeToLive, found.timeToLive);
  if (!isSameRecovery(settings, found)) {
    const recovery = [settings.pointInTimeRecovery, found.pointInTimeRecovery] as const;
    compare('pointInTimeRecovery', 'point-in-time recovery', ...recovery);
  }
  compare('deletionProtection', 'deletion protection', settings.deletionProtection, found.deletionProtection);
  compare('tableClass', 'table class', settings.tableClass, found.tableClass);
  const policies = [normalPolicy(settings.resourcePolicy), normalPolicy(found.resourcePolicy)] as const;
  compare('resourcePolicy', 'resource policy', ...policies);
  if (live.streamArn !== undefined) {
    compare('streamPolicy', 'stream policy', streamPolicy, normalPolicy(found.streamPolicy));
  }
  compare('encryption', 'encryption', settings.encryption, found.encryption);
  if (insightsToEnable(settings, found).length > 0) {
    compare('contributorInsights', 'Contributor Insights', settings.contributorInsights, found.contributorInsights);
  }
  if (destinationsToEnable(settings, found).length > 0) {
    compare('kinesisDestinations', 'Kinesis destinations', settings.kinesisDestinations, found.kinesisDestinations);
  }
  if (warmThroughputChange(settings.warmThroughput ?? [], found.warmThroughput ?? []) !== undefined) {
    compare('warmThroughput', 'warm throughput', settings.warmThroughput, found.warmThroughput);
  }
  const unscaled = scalingToPutBack(settings.scaling, found.scaling);
  if (unscaled.length > 0) compare('scaling', 'scaling', unscaled, found.scaling);
}

/** Without the throughput that is scaled: that changes by itself. */
function globalIndexes({ settings }: TableFacts, { globalIndexes: indexes }: TableShape) {
  return byName(
    indexes.map(({ throughput, ...index }) => {
      const fixed = fixedThroughput(throughput, scaledUnits(settings.scaling, index.name));
      return fixed === undefined ? index : { ...index, throughput: fixed };
    }),
  );
}

function byName<T extends { name: string }>(indexes: T[]): T[] {
  return indexes.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** An index as it is to be; its aliases are undefined where nobody knows them. */
export type ExpectedIndex = Omit<SearchRecord['indices'][number], 'aliases'> & {
  aliases: IndexRecord['aliases'] | undefined;
};

/** How a live index differs from what the manifest recorded: whether it is open, documents, shards and aliases. */
export function indexDifferences(record: ExpectedIndex, live: IndexRecord | undefined): Difference[] {
  return collect('index', record.name, (compare) => {
    if (live === undefined) return compare('index', 'exists', 'does not exist');
    compare('state', stateOf(record), stateOf(live));
    compare('primary shards', record.primaries, live.primaries);
    if (record.aliases !== undefined) compare('aliases', record.aliases, live.aliases);
    compareDocuments(record, live, compare);
  });
}

/** How the documents of a live index differ from what was recorded, and nothing else of it. */
export function documentDifferences(
  record: SearchRecord['indices'][number],
  live: IndexRecord | undefined,
): Difference[] {
  return collect('index', record.name, (compare) => {
    if (live === undefined) return compare('index', 'exists', 'does not exist');
    compareDocuments(record, live, compare);
  });
}

function compareDocuments(
  record: Pick<ExpectedIndex, 'documents' | 'documentsAfter'>,
  live: IndexRecord,
  compare: Compare,
): void {
  if (isBetween(live.documents, record.documents, record.documentsAfter)) return;
  const moving = record.documents === record.documentsAfter ? '' : ` to ${record.documentsAfter}`;
  compare('documents', `${record.documents}${moving}`, String(live.documents));
}

/** An alias that names an index too many is a difference of that index. */
export function aliasDifferences(shared: SharedAlias[]): Difference[] {
  return shared.flatMap(({ alias, restored, kept }) =>
    kept.map((name) => ({
      kind: 'index',
      name,
      what: `alias ${alias}`,
      expected: restored.join(', '),
      found: [...restored, name].join(', '),
    })),
  );
}

/** What takes such aliases off, for a person. */
export function aliasRemedy(shared: SharedAlias[]): string {
  const actions = shared.flatMap(({ alias, kept }) => kept.map((index) => ({ remove: { index, alias } })));
  return `An alias names an index too many: take it off there, with POST _aliases ${JSON.stringify({ actions })}`;
}

function stateOf({ open }: Pick<IndexRecord, 'open'>): string {
  return open ? 'open' : 'closed';
}

/**
 * An index that was written during the snapshot holds a number of documents between those before and after it. Of one
 * that could not be counted then there is nothing to compare.
 */
function isBetween(documents: number | null, before: number | null, after: number | null): boolean {
  if (before === null) return true;
  if (documents === null || after === null) return documents === before;
  return documents >= Math.min(before, after) && documents <= Math.max(before, after);
}
