import type { IndexRecord, Manifest, TableRecord } from '../contracts/manifest.ts';
import type {
  IndexToRestore,
  Proof,
  RestoreEstimate,
  RestorePlan,
  Selection,
  Strategy,
  TableToRestore,
} from '../contracts/restore-plan.ts';
import type { EventSourceMapping } from '../contracts/table-settings.ts';
import { TandemError } from '../errors/tandem-error.ts';
import { hashOf } from './hash.ts';
import { absentIn } from './manifest.ts';
import { estimateRestore } from './restore-estimate.ts';
import { safetyPointOf } from './safety-point.ts';
import { matchNames } from './selection.ts';
import { settingsOutlook } from './settings-outlook.ts';
import { sharedAliases } from './shared-aliases.ts';
import { triggersOfPlan } from './triggers-of-plan.ts';

/** A table that exists now. */
export interface PresentTable {
  id: string;
  deletionProtected: boolean;
  items: number;
  bytes: number;
  createdAt: Date;
  /** The event source mappings on its stream. */
  triggers: Pick<EventSourceMapping, 'uuid' | 'functionArn'>[];
}

/** An index that exists now. */
export interface PresentIndex {
  id: string;
  documents: number | null;
  /** Of its primaries. */
  bytes: number;
  /** Undefined where that could not be read. */
  createdAt: Date | undefined;
}

/** What exists now, by name. */
export interface Present {
  tables: ReadonlyMap<string, PresentTable>;
  indices: ReadonlyMap<string, PresentIndex>;
  /** The indices behind each alias. */
  aliases: ReadonlyMap<string, string[]>;
  /** Everything that the plan's own patterns match today. */
  matched: { tables: string[]; indices: string[] };
  dataNodes: number;
}

/** What of a recovery point is restored: what it holds, and what it says did not exist. */
export interface Parts {
  tables: string[];
  indices: string[];
}

/** @throws TandemError NOTHING_TO_RESTORE where nothing is selected, or a glob matches nothing of the recovery point */
export function selectParts(manifest: Manifest, selection: Selection): Parts {
  const absent = absentIn(manifest);
  const tables = [...manifest.tables.map((table) => table.name), ...absent.tables];
  const indices = [...(manifest.search?.indices ?? []).map((index) => index.name), ...absent.indices];
  if (selection.tables === undefined && selection.indices === undefined) return { tables, indices };
  const picked = {
    tables: pick(tables, selection.tables ?? [], 'table'),
    indices: pick(indices, selection.indices ?? [], 'index'),
  };
  if (picked.tables.length + picked.indices.length > 0) return picked;
  throw new TandemError('NOTHING_TO_RESTORE', 'Neither a table nor an index is selected.');
}

function pick(names: string[], globs: string[], kind: string): string[] {
  const idle = globs.find((glob) => matchNames([glob], names).length === 0);
  if (idle !== undefined) {
    throw new TandemError('NOTHING_TO_RESTORE', `"${idle}" matches no ${kind} of the recovery point.`);
  }
  return matchNames(globs, names);
}

/** How a restore can be undone. */
export interface Safety {
  /** False where the safety point is waived. */
  wanted: boolean;
  /** Indices that exist and hold nothing that could be saved. */
  unsaved: string[];
}

interface PlanOptions extends Safety {
  /** Seconds after which the plan has it stopped. */
  deadline?: number;
  /** What is good to know of it. */
  remarks?: string[];
  /** What is read to prove it. */
  proof?: Proof;
}

/** What the restore of these parts would do to what exists now. */
export function makeRestorePlan(
  manifest: Manifest,
  parts: Parts,
  strategy: Strategy,
  present: Present,
  { wanted, unsaved, deadline, remarks = [], proof }: PlanOptions,
): RestorePlan {
  const selected = { tables: new Set(parts.tables), indices: new Set(parts.indices) };
  const absent = absentIn(manifest);
  const kept = {
    tables: present.matched.tables.filter((name) => !selected.tables.has(name)),
    indices: present.matched.indices.filter((name) => !selected.indices.has(name)),
  };
  const records = (manifest.search?.indices ?? []).filter((index) => selected.indices.has(index.name));
  const tables = [
    ...manifest.tables
      .filter((table) => selected.tables.has(table.name))
      .map((table) => tableStep(table, strategy, present.tables.get(table.name))),
    ...absent.tables
      .filter((name) => selected.tables.has(name))
      .map((name) => absentTable(name, strategy, present.tables.get(name))),
  ];
  const indices = [
    ...records.map((index) => indexStep(index, strategy, present.indices.get(index.name), manifest.search)),
    ...absent.indices
      .filter((name) => selected.indices.has(name))
      .map((name) => absentIndex(name, strategy, present.indices.get(name))),
  ];
  const estimate = estimateRestore({ tables, indices }, records, present.dataNodes, wanted, proof);
  return {
    plan: manifest.plan,
    recoveryPoint: manifest.recoveryPoint,
    manifestHash: manifest.hash,
    strategy,
    tables,
    indices,
    kept,
    sharedAliases: sharedAliases(manifest.search?.indices ?? [], parts.indices, kept.indices, present.aliases),
    safetyPoint: wanted ? safetyPointOf({ tables, indices }, unsaved) : null,
    ...(proof && { proof }),
    estimate,
    remarks: [...remarks, ...lateRemarks(estimate, deadline)],
  };
}

function lateRemarks({ seconds }: RestoreEstimate, deadline = Number.POSITIVE_INFINITY): string[] {
  if (seconds.to <= deadline) return [];
  const minutes = (length: number) => Math.round(length / 60);
  return [
    `it may take up to ${minutes(seconds.to)} minutes, and the plan has it stopped after ${minutes(deadline)}: give the plan a longer deadline, or carry the run on then`,
  ];
}

function tableStep(record: TableRecord, strategy: Strategy, current: PresentTable | undefined): TableToRestore {
  const { name, backupArn, items, bytes, backupCreatedAt } = record;
  return {
    ...{ name, target: name, strategy, ...actionOn(current?.id), backupArn },
    deletionProtected: current?.deletionProtected ?? false,
    settings: settingsOutlook(record),
    triggers: triggersOfPlan(record, current?.triggers ?? []),
    current: currentTable(current),
    recorded: { items, bytes, at: backupCreatedAt },
  };
}

function indexStep(
  { name, documents, bytes, aliases }: IndexRecord,
  strategy: Strategy,
  current: PresentIndex | undefined,
  search: Manifest['search'],
): IndexToRestore {
  return {
    ...{ name, target: name, strategy, ...actionOn(current?.id), aliases: Object.keys(aliases).sort() },
    current: currentIndex(current),
    recorded: { documents, bytes, at: search?.snapshot.startedAt ?? '' },
  };
}

function absentTable(name: string, strategy: Strategy, current: PresentTable | undefined): TableToRestore {
  return {
    ...{ name, target: name, strategy, ...removalOf(current?.id), backupArn: null },
    deletionProtected: current?.deletionProtected ?? false,
    settings: { back: [], not: [] },
    triggers: [],
    current: currentTable(current),
    recorded: null,
  };
}

function absentIndex(name: string, strategy: Strategy, current: PresentIndex | undefined): IndexToRestore {
  const step = { name, target: name, strategy, ...removalOf(current?.id), aliases: [] };
  return { ...step, current: currentIndex(current), recorded: null };
}

function currentTable(current: PresentTable | undefined): TableToRestore['current'] {
  if (current === undefined) return null;
  const { items, bytes, createdAt } = current;
  return { items, bytes, createdAt: createdAt.toISOString() };
}

function currentIndex(current: PresentIndex | undefined): IndexToRestore['current'] {
  if (current === undefined) return null;
  const { documents, bytes, createdAt } = current;
  return { documents, bytes, createdAt: createdAt?.toISOString() ?? null };
}

/** What is not to exist goes, where it does. */
function removalOf(currentId: string | undefined) {
  return { action: 'remove' as const, currentId: currentId ?? null };
}

function actionOn(currentId: string | undefined) {
  return currentId === undefined
    ? { action: 'create' as const, currentId: null }
    : { action: 'replace' as const, currentId };
}

/**
 * The hash that confirms a plan. It changes with everything that was seen, with what would be kept as well; but not with
 * what moves by itself: sizes, counts and ages of what exists now, the estimate of time and cost, and remarks.
 */
export function restorePlanHash(plan: RestorePlan): string {
  return hashOf(settledPart(plan));
}

/** What of a plan gets confirmed. */
export function settledPart({ estimate: _, remarks: __, tables, indices, ...rest }: RestorePlan) {
  return { ...rest, tables: tables.map(withoutCurrent), indices: indices.map(withoutCurrent) };
}

function withoutCurrent<Step extends { current: unknown }>({ current: _, ...step }: Step) {
  return step;
}
