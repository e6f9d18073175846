import type {
  FastRestore,
  Proof,
  RestoreEstimate,
  RestorePlan,
  Strategies,
  WritersOfPlan,
} from '../contracts/restore-plan.ts';
import type { RestoreSource } from '../contracts/restore-source.ts';
import { hashOf } from './hash.ts';
import type { PresentIndices } from './index-steps.ts';
import { lostAliasRemarks } from './lost-aliases.ts';
import { isRefilled } from './refill.ts';
import { estimateRestore } from './restore-estimate.ts';
import type { RestoreSteps } from './restore-steps.ts';
import { safetyPointOf } from './safety-point.ts';
import { sharedAliases } from './shared-aliases.ts';
import type { PresentTable } from './table-steps.ts';
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

/** How a restore can be undone. */
export interface Safety {
  /** False where the safety point is waived. */
  wanted: boolean;
  /** Indices that exist and hold nothing that could be saved. */
  unsaved: string[];
}

interface PlanOptions extends Safety {
  strategies: Strategies;
  /** Whether the settings of tables that are restored beside are put back. */
  settings?: boolean | undefined;
  /** What a refill takes a second at most. */
  writeUnits: number;
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

/** The plan of a restore that does these steps. */
export function makeRestorePlan(
  source: RestoreSource,
  { tables, indices, rename }: RestoreSteps,
  present: Present,
  {
    strategies,
    settings = false,
    wanted,
    unsaved,
    writeUnits,
    keepOld = false,
    fast,
    toEndpoint = null,
    deadline,
    remarks = [],
    proof,
  }: PlanOptions,
): RestorePlan {
  const restored = new Set(indices.map(({ name }) => name));
  const records = (source.search?.indices ?? []).filter(({ name }) => restored.has(name));
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
    remarks: [
      ...remarks,
      ...(source.search?.aliasesUntold ? [] : lostAliasRemarks(indices, present.aliases, { keepOld })),
      ...lateRemarks(estimate, deadline),
    ],
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
