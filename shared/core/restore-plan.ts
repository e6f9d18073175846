import type { IndexRecord, Manifest } from '../contracts/manifest.ts';
import type {
  IndexStrategy,
  IndexToRestore,
  RestoreEstimate,
  RestorePlan,
  Selection,
  Strategies,
} from '../contracts/restore-plan.ts';
import { TandemError } from '../errors/tandem-error.ts';
import { hashOf } from './hash.ts';
import { absentIn } from './manifest.ts';
import { isRefilled } from './refill.ts';
import { estimateRestore } from './restore-estimate.ts';
import { safetyPointOf } from './safety-point.ts';
import { matchNames } from './selection.ts';
import { sharedAliases } from './shared-aliases.ts';
import { type PresentTable, tableSteps } from './table-steps.ts';

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
  strategies: Strategies;
  /** What the names of tables that are restored beside end with. */
  suffix?: string | undefined;
  /** Whether the settings of tables that are restored beside are put back. */
  settings?: boolean | undefined;
  /** What a refill takes a second at most. */
  writeUnits: number;
  /** Seconds after which the plan has it stopped. */
  deadline?: number;
  /** What is good to know of it. */
  remarks?: string[];
}

/** What the restore of these parts would do to what exists now. */
export function makeRestorePlan(
  manifest: Manifest,
  parts: Parts,
  present: Present,
  { wanted, unsaved, strategies, suffix, settings = false, writeUnits, deadline, remarks = [] }: PlanOptions,
): RestorePlan {
  const selected = new Set(parts.indices);
  const absent = absentIn(manifest);
  const records = (manifest.search?.indices ?? []).filter((index) => selected.has(index.name));
  const tables = tableSteps(manifest, parts.tables, { strategy: strategies.tables, suffix, settings }, present.tables);
  const indices = [
    ...records.map((index) => indexStep(index, strategies.indices, present.indices.get(index.name), manifest.search)),
    ...absent.indices
      .filter((name) => selected.has(name))
      .map((name) => absentIndex(name, strategies.indices, present.indices.get(name))),
  ];
  const touched = new Set(tables.map(({ target }) => target));
  const kept = {
    tables: present.matched.tables.filter((name) => !touched.has(name)),
    indices: present.matched.indices.filter((name) => !selected.has(name)),
  };
  const safetyPoint = wanted ? safetyPointOf({ tables, indices }, unsaved) : null;
  const limit = tables.some(isRefilled) ? writeUnits : null;
  const estimate = estimateRestore(
    { tables, indices, writeUnits: limit },
    records,
    present.dataNodes,
    safetyPoint !== null,
  );
  return {
    plan: manifest.plan,
    recoveryPoint: manifest.recoveryPoint,
    manifestHash: manifest.hash,
    strategies,
    settingsBeside: settings,
    writeUnits: limit,
    tables,
    indices,
    kept,
    sharedAliases: sharedAliases(manifest.search?.indices ?? [], parts.indices, kept.indices, present.aliases),
    safetyPoint,
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

function indexStep(
  { name, documents, bytes, aliases }: IndexRecord,
  strategy: IndexStrategy,
  current: PresentIndex | undefined,
  search: Manifest['search'],
): IndexToRestore {
  return {
    ...{ name, target: name, strategy, ...actionOn(current?.id), aliases: Object.keys(aliases).sort() },
    current: currentIndex(current),
    recorded: { documents, bytes, at: search?.snapshot.startedAt ?? '' },
  };
}

function absentIndex(name: string, strategy: IndexStrategy, current: PresentIndex | undefined): IndexToRestore {
  const step = { name, target: name, strategy, ...removalOf(current?.id), aliases: [] };
  return { ...step, current: currentIndex(current), recorded: null };
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
