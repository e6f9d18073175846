import type { TableRestore, TableRestores } from '../contracts/ledger/restores.ts';
import type { TableToRestore } from '../contracts/restore-plan.ts';
import { few } from './deadline.ts';

/** At most so many tables are restored at a time: DynamoDB runs 50 restores an account at once. */
export const restoreWindow = 50;

/** So many more are deleted meanwhile, so that one is gone already when a place gets free: a deletion takes seconds. */
const deletedAhead = 10;

/** At most so many tables are in hand, those that get their settings back included: each look at them takes its time. */
export const inHandAtMost = 2 * restoreWindow;

/** Each look describes every table in hand: so many in a second are far below what DynamoDB answers. */
const describedPerSecond = 25;
const shortestPauseSeconds = 0.5;

/** How long to wait before the tables in hand are looked at again: a few may be asked for often, and settle within moments. */
export function pauseSeconds(inHand: number): number {
  return Math.max(shortestPauseSeconds, inHand / describedPerSecond);
}

export const toStart: TableRestore = { status: 'TO_START' };

/** True where a table is at another stage than before, or has more of its settings, so that the next move may be possible soon. */
export function haveMoved(before: TableRestores, reached: TableRestores): boolean {
  return [...reached].some(([table, restore]) => {
    const earlier = before.get(table) ?? toStart;
    return restore.status !== earlier.status || requests(restore) !== requests(earlier);
  });
}

/** How many requests for settings and triggers were accepted. */
function requests({ puttingBack = new Map() }: TableRestore): number {
  return [...puttingBack.values()].reduce((sum, { asked }) => sum + asked, 0);
}

export function pendingOf(restores: TableRestores): string[] {
  return [...restores].flatMap(([table, { status }]) => (status === 'DONE' ? [] : [table]));
}

/** A restore that is carried on asks once more for what was given up: whoever carries it on may have allowed it meanwhile. */
export function askingAgain(restores: TableRestores): TableRestores {
  return new Map([...restores].map(([table, restore]) => [table, withoutRefusals(restore)] as const));
}

function withoutRefusals(restore: TableRestore): TableRestore {
  const all = [...(restore.puttingBack ?? [])];
  const accepted = all.filter(([, { refused }]) => refused === undefined);
  if (accepted.length === all.length) return restore;
  return { ...restore, status: 'SETTLING', puttingBack: new Map(accepted) };
}

/** A table that failed waits for the others in hand: what it failed with must not get lost where they take too long. */
export function inWords(pending: string[], restores: TableRestores): string {
  const failures = pending.flatMap((table) => restores.get(table)?.failure ?? []);
  return [`tables ${few(pending)}`, ...new Set(failures)].join('; ');
}

/** True where a table is away or half restored that can still be brought back: no failure of another one may leave it so. */
export function isAnyUnderWay(restores: TableRestores): boolean {
  return [...restores.values()].some(({ status, failure }) => isInHand(status) && failure === undefined);
}

/** How many tables are in hand. */
export function countInHand(restores: TableRestores): number {
  return [...restores.values()].filter(({ status }) => isInHand(status)).length;
}

function isInHand(status: TableRestore['status']): boolean {
  return status !== 'TO_START' && status !== 'DONE';
}

/** True while more tables are to be restored than there are places. After a failure no other table is touched any more. */
export function areAnyWaiting(restores: TableRestores): boolean {
  const all = [...restores.values()];
  if (all.some(({ failure }) => failure !== undefined)) return false;
  return all.filter(({ status }) => status !== 'SETTLING' && status !== 'DONE').length > restoreWindow;
}

/**
 * Those in hand already and those that failed, then as many of the others as there is room for, the largest first: one
 * that takes an hour must not be the last that begins. After a failure no other table is touched any more: what kept one
 * from coming back may keep them all.
 */
export function inWindow(tables: TableToRestore[], restores: TableRestores): TableToRestore[] {
  const restoreOf = ({ name }: TableToRestore) => restores.get(name) ?? toStart;
  const open = tables.filter((table) => restoreOf(table).status !== 'DONE').sort(byBytes);
  const failed = open.filter((table) => restoreOf(table).failure !== undefined);
  const inHand = open.filter((table) => isInHand(restoreOf(table).status) && !failed.includes(table));
  const waiting = failed.length > 0 ? [] : open.filter((table) => restoreOf(table).status === 'TO_START');
  const unsettled = inHand.filter((table) => restoreOf(table).status !== 'SETTLING').length;
  const room = Math.min(restoreWindow + deletedAhead - unsettled, inHandAtMost - inHand.length);
  return [...inHand, ...failed, ...waiting.slice(0, Math.max(0, room))];
}

function byBytes(one: TableToRestore, other: TableToRestore): number {
  return (other.recorded?.bytes ?? 0) - (one.recorded?.bytes ?? 0);
}

/** The same, with the moment at which each table came to the status that it has now, kept from before where it is no news. */
export function sinceWhen(restores: TableRestores, before: TableRestores, now: string): TableRestores {
  return new Map(
    [...restores].map(([name, restore]) => {
      if (restore.status === 'TO_START') return [name, restore];
      return [name, { ...restore, since: { [restore.status]: now, ...before.get(name)?.since } }];
    }),
  );
}
