import type { Manifest } from '../contracts/manifest.ts';
import type { RestorePlan, Selection, Strategy } from '../contracts/restore-plan.ts';
import { TandemError } from '../errors/tandem-error.ts';
import { hashOf } from './hash.ts';
import { matchNames } from './selection.ts';
import { sharedAliases } from './shared-aliases.ts';

/** What exists now, by name. */
export interface Present {
  tables: Map<string, { id: string; deletionProtected: boolean }>;
  indices: Map<string, string>;
  /** The indices behind each alias. */
  aliases: ReadonlyMap<string, string[]>;
  /** Everything that the plan's own patterns match today. */
  matched: { tables: string[]; indices: string[] };
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

/** What the restore of these parts would do to what exists now. */
export function makeRestorePlan(
  manifest: Manifest,
  parts: { tables: string[]; indices: string[] },
  strategy: Strategy,
  present: Present,
): RestorePlan {
  const [tables, indices] = [new Set(parts.tables), new Set(parts.indices)];
  const kept = {
    tables: present.matched.tables.filter((name) => !tables.has(name)),
    indices: present.matched.indices.filter((name) => !indices.has(name)),
  };
  return {
    plan: manifest.plan,
    recoveryPoint: manifest.recoveryPoint,
    manifestHash: manifest.hash,
    strategy,
    tables: manifest.tables
      .filter((table) => tables.has(table.name))
      .map(({ name, backupArn }) => {
        const current = present.tables.get(name);
        const deletionProtected = current?.deletionProtected ?? false;
        return { name, ...actionOn(current?.id), backupArn, deletionProtected };
      }),
    indices: (manifest.search?.indices ?? [])
      .filter((index) => indices.has(index.name))
      .map(({ name, documents }) => ({ name, ...actionOn(present.indices.get(name)), documents })),
    kept,
    sharedAliases: sharedAliases(manifest.search?.indices ?? [], parts.indices, kept.indices, present.aliases),
  };
}

function actionOn(currentId: string | undefined) {
  return currentId === undefined
    ? { action: 'create' as const, currentId: null }
    : { action: 'replace' as const, currentId };
}

/** How many of its tables and indices a plan replaces, creates and keeps. */
export function countActions({ tables, indices, kept }: RestorePlan) {
  const count = (parts: { action: string }[], keep: number) => ({
    replace: parts.filter(({ action }) => action === 'replace').length,
    create: parts.filter(({ action }) => action === 'create').length,
    keep,
  });
  return { tables: count(tables, kept.tables.length), indices: count(indices, kept.indices.length) };
}

/** The hash that confirms a plan: it changes with everything that was seen, with what would be kept as well. */
export function restorePlanHash(plan: RestorePlan): string {
  return hashOf(plan);
}

/**
 * A run that has changed nothing yet is settled anew before it goes on.
 *
 * @throws TandemError PLAN_CHANGED where it would not do any more what it was settled to do
 */
export function assertUnchanged(planHash: string, settled: { run: string; planHash: string }): void {
  if (planHash === settled.planHash) return;
  const message = `The plan of run ${settled.run} had the hash ${settled.planHash}; it would be ${planHash} now.`;
  throw new TandemError('PLAN_CHANGED', message);
}

/**
 * @throws TandemError NOT_CONFIRMED, or PLAN_CHANGED where another plan was confirmed than the one that would be done now
 */
export function assertConfirmed(planHash: string, given: { planHash?: string | undefined; confirmed: boolean }): void {
  if (given.planHash === planHash) return;
  if (given.planHash !== undefined) {
    const message = `The plan that was confirmed has the hash ${given.planHash}; it would be ${planHash} now.`;
    throw new TandemError('PLAN_CHANGED', message);
  }
  if (given.confirmed) return;
  throw new TandemError('NOT_CONFIRMED', `The restore is not confirmed. The hash of its plan is ${planHash}.`);
}
