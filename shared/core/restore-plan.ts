import type { Manifest, TableRecord } from '../contracts/manifest.ts';
import type {
  Proof,
  RestoreEstimate,
  RestorePlan,
  Selection,
  Strategies,
  TableStrategy,
  TableToRestore,
  WritersOfPlan,
} from '../contracts/restore-plan.ts';
import { TandemError } from '../errors/tandem-error.ts';
import { hashOf } from './hash.ts';
import { indexSteps, type PresentIndices } from './index-steps.ts';
import { absentIn } from './manifest.ts';
import { estimateRestore } from './restore-estimate.ts';
import { safetyPointOf } from './safety-point.ts';
import { matchIndices, matchNames } from './selection.ts';
import { settingsOutlook } from './settings-outlook.ts';
import { sharedAliases } from './shared-aliases.ts';
import { type PresentTrigger, triggersOfPlan } from './triggers-of-plan.ts';
import { disturbedByWriters } from './writers.ts';

/** A table that exists now. */
export interface PresentTable {
  id: string;
  deletionProtected: boolean;
  items: number;
  bytes: number;
  createdAt: Date;
  /** The event source mappings on its stream. */
  triggers: PresentTrigger[];
}

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
export function selectParts(manifest: Manifest, selection: Selection): Parts {
  const absent = absentIn(manifest);
  const tables = [...manifest.tables.map((table) => table.name), ...absent.tables];
  const indices = [...(manifest.search?.indices ?? []).map((index) => index.name), ...absent.indices];
  const isNamed = selection.tables !== undefined || selection.indices !== undefined;
  const named = {
    tables: isNamed ? pick(tables, selection.tables ?? [], 'table', matchNames) : tables,
    indices: isNamed ? pick(indices, selection.indices ?? [], 'index', matchIndices) : indices,
  };
  const picked = leaveOut(named, selection.exclude ?? [], { tables, indices });
  if (picked.tables.length + picked.indices.length > 0 || (!isNamed && !selection.exclude)) return picked;
  throw new TandemError('NOTHING_TO_RESTORE', 'Neither a table nor an index is selected.');
}

type Match = (globs: string[], names: string[]) => string[];

function pick(names: string[], globs: string[], kind: string, match: Match): string[] {
  const idle = globs.find((glob) => match([glob], names).length === 0);
  if (idle !== undefined) {
    throw new TandemError('NOTHING_TO_RESTORE', `"${idle}" matches no ${kind} of the recovery point.`);
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
  /** The template of names for indices that are restored beside. */
  rename?: string | undefined;
  keepOld?: boolean | undefined;
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
  present: Present,
  { wanted, unsaved, strategies, rename: template, keepOld = false, deadline, remarks = [], proof }: PlanOptions,
): RestorePlan {
  const selected = { tables: new Set(parts.tables), indices: new Set(parts.indices) };
  const absent = absentIn(manifest);
  const records = (manifest.search?.indices ?? []).filter((index) => selected.indices.has(index.name));
  const tables = [
    ...manifest.tables
      .filter((table) => selected.tables.has(table.name))
      .map((table) => tableStep(table, strategies.tables, present.tables.get(table.name))),
    ...absent.tables
      .filter((name) => selected.tables.has(name))
      .map((name) => absentTable(name, strategies.tables, present.tables.get(name))),
  ];
  const wishes = { strategy: strategies.indices, rename: template };
  const { indices, rename } = indexSteps(manifest, parts.indices, wishes, present);
  const touched = new Set(indices.flatMap(({ target, currentName }) => [target, currentName]));
  const kept = {
    tables: present.matched.tables.filter((name) => !selected.tables.has(name)),
    indices: present.matched.indices.filter((name) => !touched.has(name)),
  };
  const estimate = estimateRestore({ tables, indices }, records, present.dataNodes, wanted, proof);
  return {
    plan: manifest.plan,
    recoveryPoint: manifest.recoveryPoint,
    manifestHash: manifest.hash,
    strategies,
    rename,
    keepOld,
    tables,
    indices,
    kept,
    sharedAliases: sharedAliases(manifest.search?.indices ?? [], indices, kept.indices, present.aliases),
    writers: disturbedByWriters({ tables, indices }) ? present.writers : noWriters,
    safetyPoint: wanted ? safetyPointOf({ tables, indices }, unsaved) : null,
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

function tableStep(record: TableRecord, strategy: TableStrategy, current: PresentTable | undefined): TableToRestore {
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

function absentTable(name: string, strategy: TableStrategy, current: PresentTable | undefined): TableToRestore {
  return {
    ...{ name, target: name, strategy, ...removalOf(current?.id), backupArn: null },
    deletionProtected: current?.deletionProtected ?? false,
    settings: { back: [], not: [] },
    triggers: [],
    current: currentTable(current),
    recorded: null,
  };
}

function currentTable(current: PresentTable | undefined): TableToRestore['current'] {
  if (current === undefined) return null;
  const { items, bytes, createdAt } = current;
  return { items, bytes, createdAt: createdAt.toISOString() };
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
