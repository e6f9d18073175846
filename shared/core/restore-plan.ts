import type { IndexRecord, Manifest, TableRecord } from '../contracts/manifest.ts';
import type {
  IndexToRestore,
  RestoreEstimate,
  RestorePlan,
  Selection,
  Strategy,
  TableToRestore,
} from '../contracts/restore-plan.ts';
import type { EventSourceMapping } from '../contracts/table-settings.ts';
import { TandemError } from '../errors/tandem-error.ts';
import { hashOf } from './hash.ts';
import { estimateRestore } from './restore-estimate.ts';
import { matchNames } from './selection.ts';
import { settingsOfPlan } from './settings-of-plan.ts';
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

/** @throws TandemError NOTHING_TO_RESTORE where nothing is selected, or a glob matches nothing of the recovery point */
export function selectParts(manifest: Manifest, selection: Selection): { tables: string[]; indices: string[] } {
  const tables = manifest.tables.map((table) => table.name);
  const indices = (manifest.search?.indices ?? []).map((index) => index.name);
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

interface PlanOptions {
  safetyPoint?: boolean;
  deadline?: number;
  remarks?: string[];
}

/**
 * What the restore of these parts would do to what exists now.
 *
 * @param safetyPoint whether it backs up before what it replaces
 * @param deadline seconds after which the plan has it stopped
 * @param remarks what is good to know of it
 */
export function makeRestorePlan(
  manifest: Manifest,
  parts: { tables: string[]; indices: string[] },
  strategy: Strategy,
  present: Present,
  { safetyPoint = false, deadline, remarks = [] }: PlanOptions = {},
): RestorePlan {
  const selected = { tables: new Set(parts.tables), indices: new Set(parts.indices) };
  const kept = {
    tables: present.matched.tables.filter((name) => !selected.tables.has(name)),
    indices: present.matched.indices.filter((name) => !selected.indices.has(name)),
  };
  const records = (manifest.search?.indices ?? []).filter((index) => selected.indices.has(index.name));
  const tables = manifest.tables
    .filter((table) => selected.tables.has(table.name))
    .map((table) => tableStep(table, strategy, present.tables.get(table.name)));
  const indices = records.map((index) => indexStep(index, strategy, present.indices.get(index.name), manifest.search));
  const estimate = estimateRestore({ tables, indices }, records, present.dataNodes, safetyPoint);
  return {
    plan: manifest.plan,
    recoveryPoint: manifest.recoveryPoint,
    manifestHash: manifest.hash,
    strategy,
    tables,
    indices,
    kept,
    sharedAliases: sharedAliases(manifest.search?.indices ?? [], parts.indices, kept.indices, present.aliases),
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
    settings: settingsOfPlan(record),
    triggers: triggersOfPlan(record, current?.triggers ?? []),
    current:
      current === undefined
        ? null
        : { items: current.items, bytes: current.bytes, createdAt: current.createdAt.toISOString() },
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
    current:
      current === undefined
        ? null
        : {
            documents: current.documents,
            bytes: current.bytes,
            createdAt: current.createdAt?.toISOString() ?? null,
          },
    recorded: { documents, bytes, at: search?.snapshot.startedAt ?? '' },
  };
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
