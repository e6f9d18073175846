import type { ItemReadings } from '../../contracts/ledger/item-readings.ts';
import type { RefillProgress, Refills } from '../../contracts/ledger/refills.ts';
import type { Pair, RestoreRun } from '../../contracts/ledger/restore-run.ts';
import type { Verification } from '../../contracts/ledger/verification.ts';
import type { RestorePlan } from '../../contracts/restore-plan.ts';
import type { RestoreSource } from '../../contracts/restore-source.ts';
import { few } from '../../core/deadline.ts';
import { countedItems } from '../../core/item-counts.ts';
import { judgeSample, sidesOf } from '../../core/item-samples.ts';
import { judgePair, pairName } from '../../core/pairs.ts';
import { isRefilled } from '../../core/refill.ts';
import { refillDifferences } from '../../core/refill-differences.ts';

type VerifiedItems = Pick<Verification, 'tables' | 'pairs' | 'differences' | 'remarks'>;

interface WasRead {
  refills: Refills;
  /** What was counted and sampled; undefined where nobody asked for it. */
  readings: ItemReadings | undefined;
}

/**
 * What is known of the items of restored tables: how many there are, beside what the recovery point says; whether there are
 * as many documents of them; and what a sample of them showed. Of what cannot be compared it says so.
 *
 * @param indices the restored indices, with their documents
 */
export function verifyItems(
  { run, restorePlan, pairs }: Pick<RestoreRun, 'run' | 'restorePlan' | 'pairs'>,
  source: Pick<RestoreSource, 'tables' | 'search' | 'skewSeconds'>,
  { refills, readings }: WasRead,
  indices: Verification['indices'],
): VerifiedItems {
  const targetsOfTables = new Map(restorePlan.tables.map(({ name, target }) => [name, target]));
  const tables = source.tables.flatMap(({ name, items }) => {
    const target = targetsOfTables.get(name);
    if (target === undefined) return [];
    const [counted, sample] = [countedItems(readings?.counts.get(name)), readings?.samples.get(name)];
    const changes = changesOf(refills.get(name));
    return { name: target, items, ...changes, ...(counted !== undefined && { counted }), ...(sample && { sample }) };
  });
  const recorded = new Map(source.tables.map(({ name, items }) => [name, items]));
  const whole = pairs.filter((pair) => isRestored(pair, restorePlan));
  const targets = new Map(restorePlan.indices.map(({ name, target }) => [name, target]));
  const documents = new Map(
    [...targets].map(([name, target]) => [name, indices.find((index) => index.name === target)?.documents ?? null]),
  );
  const counted = whole.map((pair) => countPair(pair, recorded, readings, documents));
  const [unknown, known] = [counted.filter(isUnknown), counted.filter((pair) => !isUnknown(pair))];
  const judged = known.map((pair) => judgePair(pair, source.skewSeconds));
  const samples = judgeSamples(restorePlan, run, readings);
  return {
    tables,
    pairs: counted,
    differences: [
      ...restorePlan.tables
        .filter(isRefilled)
        .flatMap(({ name, target }) =>
          refillDifferences(target, refills.get(name), countedItems(readings?.counts.get(name))),
        ),
      ...judged.flatMap(({ differences }) => differences),
      ...samples.differences,
    ],
    remarks: [
      ...countRemarks(tables),
      ...judged.flatMap(({ remarks }) => remarks),
      ...unknownRemarks(unknown, recorded),
      ...pairs
        .filter((pair) => !whole.includes(pair))
        .map((pair) => `pair ${pairName(pair)} is not compared: only one side of it was restored`),
      ...samples.remarks,
    ],
  };
}

function changesOf(progress: RefillProgress | undefined) {
  return progress && { written: progress.written, deleted: progress.deleted };
}

function isRestored({ table, indices }: Pair, plan: RestorePlan): boolean {
  const there = (parts: RestorePlan['tables'] | RestorePlan['indices'], name: string) =>
    parts.some((part) => part.name === name && part.action !== 'remove');
  return there(plan.tables, table) && indices.every((index) => there(plan.indices, index));
}

type CountedPair = Verification['pairs'][number];

/** How many some items of a table are is not known but by counting them. */
function isUnknown({ where, counted }: CountedPair): boolean {
  return where !== undefined && counted === 'STALE';
}

function unknownRemarks(pairs: CountedPair[], recorded: ReadonlyMap<string, number>): string[] {
  return [...Map.groupBy(pairs, ({ table }) => table)].map(([table, alike]) => {
    const documents = alike.reduce((sum, pair) => sum + (pair.documents ?? 0), 0);
    return `pairs of ${table} are compared with --count alone: ${alike.length} of them with ${documents} documents; the table had ${recorded.get(table) ?? 'an unknown number of'} items as DynamoDB had counted them hours before the backup`;
  });
}

function countPair(
  pair: Pair,
  recorded: ReadonlyMap<string, number>,
  readings: ItemReadings | undefined,
  documentsOf: ReadonlyMap<string, number | null>,
): CountedPair {
  const documents = pair.indices.map((index) => documentsOf.get(index) ?? null);
  const segments = readings?.counts.get(pair.table);
  const stale = pair.where === undefined ? recorded.get(pair.table) : undefined;
  const items = segments === undefined ? stale : countedItems(segments, pair.where);
  return {
    ...pair,
    items: items ?? null,
    documents: documents.reduce((sum, each) => (sum === null || each === null ? null : sum + each), 0),
    counted: segments === undefined ? 'STALE' : 'EXACTLY',
  };
}

/** What DynamoDB had counted is hours old: that there are more or fewer now proves nothing, and is worth a look. */
function countRemarks(tables: Verification['tables']): string[] {
  const others = tables.filter(({ items, counted }) => counted !== undefined && counted !== items);
  if (others.length === 0) return [];
  const told = few(others.map(({ name, items, counted }) => `${name} ${counted} (${items})`));
  return [
    `items counted one by one, and what DynamoDB had counted hours before the backup, which is no proof of either: ${told}`,
  ];
}

function judgeSamples(
  { proof, tables: planned }: RestorePlan,
  run: string,
  readings: ItemReadings | undefined,
): Pick<Verification, 'differences' | 'remarks'> {
  if (proof === undefined || proof.sample === null) return { differences: [], remarks: [] };
  const restored = planned.filter(({ action }) => action !== 'remove');
  const judged = restored.flatMap((table) => {
    const [sides, sample] = [sidesOf(table, run), readings?.samples.get(table.name)];
    return sides === undefined || sample === undefined ? [] : [judgeSample(sides, sample)];
  });
  const alone = restored.filter(({ name }) => !readings?.samples.has(name)).map(({ target }) => target);
  return {
    differences: judged.flatMap(({ differences }) => differences),
    remarks: [
      ...judged.flatMap(({ remarks }) => remarks),
      ...(alone.length === 0
        ? []
        : [`no items of ${few(alone)} were compared: no other table has them, and a backup cannot be read`]),
    ],
  };
}
