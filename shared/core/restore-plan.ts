import type {
  FastRestore,
  Proof,
  RestoreEstimate,
  RestorePlan,
  Selection,
  Strategies,
  WritersOfPlan,
} from '../contracts/restore-plan.ts';
import type { RestoreSource } from '../contracts/restore-source.ts';
import { TandemError } from '../errors/tandem-error.ts';
import { hashOf } from './hash.ts';
import { indexSteps, type PresentIndices } from './index-steps.ts';
import { absentIn } from './manifest.ts';
import { isRefilled } from './refill.ts';
import { estimateRestore } from './restore-estimate.ts';
import { safetyPointOf } from './safety-point.ts';
import { matchIndices, matchNames } from './selection.ts';
import { sharedAliases } from './shared-aliases.ts';
import { type PresentTable, tableSteps } from './table-steps.ts';
import { disturbedByWriters } from './writers.ts';

/** What exists now, by name. */
export interface Present extends PresentIndices {
  tables: ReadonlyMap<string, PresentTable>;
  /** Everything that the plan's own patterns match today. */
  matched: { tables: string[]; indices: string[] };
  dataNodes: number;
  /** All that writes to the tables and indices of the plan. */
  writers: WritersOfPlan;
}

/** What of a recovery point is restored: what it holds, and what it says did not exist. */
export interface Parts {
  tables: string[];
  indices: string[];
}

/** @throws TandemError NOTHING_TO_RESTORE where nothing is selected, or a glob matches nothing of the recovery point */
export function selectParts(source: RestoreSource, selection: Selection): Parts {
  const absent = absentIn(source);
  const tables = [...source.tables.map((table) => table.name), ...absent.tables];
  const indices = [...(source.search?.indices ?? []).map((index) => index.name), ...absent.indices];
  const whole = source.origin?.kind === 'snapshot' ? 'the snapshot, system indices left out' : 'the recovery point';
  const isNamed = selection.tables !== undefined || selection.indices !== undefined;
  const named = {
    tables: isNamed ? pick(tables, selection.tables ?? [], `table of ${whole}`, matchNames) : tables,
    indices: isNamed ? pick(indices, selection.indices ?? [], `index of ${whole}`, matchIndices) : indices,
  };
  const picked = leaveOut(named, selection.exclude ?? [], { tables, indices });
  if (picked.tables.length + picked.indices.length > 0 || (!isNamed && !selection.exclude)) return picked;
  throw new TandemError('NOTHING_TO_RESTORE', 'Neither a table nor an index is selected.');
}

type Match = (globs: string[], names: string[]) => string[];

function pick(names: string[], globs: string[], kind: string, match: Match): string[] {
  const idle = globs.find((glob) => match([glob], names).length === 0);
  if (idle !== undefined) {
    throw new TandemError('NOTHING_TO_RESTORE', `"${idle}" matches no ${kind}.`);
  }
  return match(globs, names);
}

/** @throws TandemError NOTHING_TO_RESTORE where a glob matches nothing of the whole: it was to leave something out */
function leaveOut({ tables, indices }: Parts, globs: string[], whole: Parts): Parts {
  const matches = (glob: string) => [...matchNames([glob], whole.tables), ...matchIndices([glob], whole.indices)];
  const idle = globs.find((glob) => matches(glob).length === 0);
  if (idle !== undefined) {
    const message = `"${idle}", which is to be left out, matches neither a table nor an index of the recovery point.`;
    throw new TandemError('NOTHING_TO_RESTORE', message);
  }
  const [outTables, outIndices] = [new Set(matchNames(globs, tables)), new Set(matchIndices(globs, indices))];
  return {
    tables: tables.filter((name) => !outTables.has(name)),
    indices: indices.filter((name) => !outIndices.has(name)),
  };
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
  /** The template of names for indices that are restored beside. */
  rename?: string | undefined;
  keepOld?: boolean | undefined;
  /** What is lifted for its time. */
  fast?: FastRestore | undefined;
  /** The domain that indices are restored to; null for that of the plan. */
  toEndpoint?: string | null;
  /** Seconds after which the plan has it stopped. */
  deadline?: number;
  /** What is good to know of it. */
  remarks?: string[];
  /** What is read to prove it. */
  proof?: Proof;
}

/** What the restore of these parts would do to what exists now. */
export function makeRestorePlan(
  source: RestoreSource,
  parts: Parts,
  present: Present,
  {
    strategies,
    wanted,
    unsaved,
    writeUnits,
    keepOld = false,
    fast,
    toEndpoint = null,
    deadline,
    remarks = [],
    proof,
    ...wishes
  }: PlanOptions,
): RestorePlan {
  const { suffix, settings = false } = wishes;
  const records = (source.search?.indices ?? []).filter((index) => parts.indices.includes(index.name));
  const tables = tableSteps(source, parts.tables, { strategy: strategies.tables, suffix, settings }, present.tables);
  const indexWishes = { strategy: strategies.indices, rename: wishes.rename };
  const { indices, rename } = indexSteps(source, parts.indices, indexWishes, present);
  const touchedTables = new Set(tables.map(({ target }) => target));
  const touched = new Set(indices.flatMap(({ target, currentName }) => [target, currentName]));
  const kept = {
    tables: present.matched.tables.filter((name) => !touchedTables.has(name)),
    indices: present.matched.indices.filter((name) => !touched.has(name)),
  };
  const safetyPoint = wanted ? safetyPointOf({ tables, indices, toEndpoint }, unsaved) : null;
  const limit = tables.some(isRefilled) ? writeUnits : null;
  const estimate = estimateRestore(
    { tables, indices, writeUnits: limit },
    records,
    present.dataNodes,
    safetyPoint !== null,
    proof,
  );
  return {
    plan: source.plan,
    recoveryPoint: source.recoveryPoint,
    source: source.origin ?? { kind: 'recoveryPoint' },
    toEndpoint,
    manifestHash: source.hash,
    strategies,
    settingsBeside: settings,
    writeUnits: limit,
    rename,
    keepOld,
    ...(fast && { fast }),
    tables,
    indices,
    kept,
    sharedAliases: sharedAliases(source.search?.indices ?? [], indices, kept.indices, present.aliases),
    writers: toEndpoint === null && disturbedByWriters({ tables, indices }) ? present.writers : noWriters,
    safetyPoint,
    ...(proof && { proof }),
    estimate,
    remarks: [...remarks, ...lateRemarks(estimate, deadline)],
  };
}

const noWriters: WritersOfPlan = { tables: [], mappings: [], functions: [] };

function lateRemarks({ seconds }: RestoreEstimate, deadline = Number.POSITIVE_INFINITY): string[] {
  if (seconds.to <= deadline) return [];
  const minutes = (length: number) => Math.round(length / 60);
  return [
    `it may take up to ${minutes(seconds.to)} minutes, and the plan has it stopped after ${minutes(deadline)}: give the plan a longer deadline, or carry the run on then`,
  ];
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
