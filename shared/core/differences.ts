import type { Difference } from '../contracts/ledger.ts';
import type { IndexRecord, SearchRecord, TableRecord } from '../contracts/manifest.ts';
import type { SharedAlias } from '../contracts/restore-plan.ts';
import type { TableShape } from '../contracts/table-settings.ts';
import { canonicalJson } from './hash.ts';
import { type ComparableSettings, isSameRecovery } from './table-settings.ts';

/** A live table as verification looks at it; undefined where there is none. */
export type LiveTable =
  | {
      tableId: string;
      shape: TableShape;
      settings: ComparableSettings;
      status: string;
      /** The functions that its stream triggers; undefined where the backup could not capture them. */
      triggers: string[] | undefined;
    }
  | undefined;

type Compare = (what: string, expected: unknown, found: unknown) => void;

function collect(kind: Difference['kind'], name: string, compareAll: (compare: Compare) => void): Difference[] {
  const differences: Difference[] = [];
  compareAll((what, expected, found) => {
    const [expectedText, foundText] = [textOf(expected), textOf(found)];
    if (expectedText !== foundText) differences.push({ kind, name, what, expected: expectedText, found: foundText });
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
 * @param restoredId the TableId of the table that the restore made; another one of that name holds something else
 */
export function tableDifferences(record: TableRecord, live: LiveTable, restoredId: string | undefined): Difference[] {
  return collect('table', record.name, (compare) => {
    if (live === undefined) return compare('table', 'exists', 'does not exist');
    compare('table id', restoredId, live.tableId);
    compare('status', 'ACTIVE', live.status);
    compare('keys', record.shape.keys, live.shape.keys);
    compare('attributes', record.shape.attributes, live.shape.attributes);
    compare('global secondary indexes', globalIndexes(record, record.shape), globalIndexes(record, live.shape));
    compare('local secondary indexes', byName(record.shape.localIndexes), byName(live.shape.localIndexes));
    compare('billing mode', record.shape.billingMode, live.shape.billingMode);
    // What is scaled changes by itself: the scaling targets outlive the table and take the restored one over.
    if (record.settings.scaling.length === 0) compare('throughput', record.shape.throughput, live.shape.throughput);
    compare('on-demand maximum', record.shape.onDemandMaximum, live.shape.onDemandMaximum);
    const { settings } = record;
    compare('tags', settings.tags, live.settings.tags);
    compare('stream', settings.stream, live.settings.stream);
    compare('time to live', settings.timeToLive, live.settings.timeToLive);
    if (!isSameRecovery(settings, live.settings)) {
      compare('point-in-time recovery', settings.pointInTimeRecovery, live.settings.pointInTimeRecovery);
    }
    compare('deletion protection', settings.deletionProtection, live.settings.deletionProtection);
    compare('table class', settings.tableClass, live.settings.tableClass);
    compare('resource policy', settings.resourcePolicy, live.settings.resourcePolicy);
    compare('encryption', settings.encryption, live.settings.encryption);
    const triggers = settings.eventSourceMappings.map((one) => one.functionArn);
    if (live.triggers !== undefined) compare('triggers on the stream', triggers.sort(), live.triggers.toSorted());
  });
}

/** Without their throughput where any of it is scaled. */
function globalIndexes({ settings }: TableRecord, { globalIndexes: indexes }: TableShape) {
  const scaled = settings.scaling.length > 0;
  return byName(indexes.map(({ throughput, ...index }) => (scaled || !throughput ? index : { ...index, throughput })));
}

function byName<T extends { name: string }>(indexes: T[]): T[] {
  return indexes.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** How a live index differs from what the manifest recorded: whether it is open, documents, shards and aliases. */
export function indexDifferences(record: SearchRecord['indices'][number], live: IndexRecord | undefined): Difference[] {
  return collect('index', record.name, (compare) => {
    if (live === undefined) return compare('index', 'exists', 'does not exist');
    compare('state', stateOf(record), stateOf(live));
    compare('primary shards', record.primaries, live.primaries);
    compare('aliases', record.aliases, live.aliases);
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

function compareDocuments(record: SearchRecord['indices'][number], live: IndexRecord, compare: Compare): void {
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
