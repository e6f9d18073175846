import type { PausedWriters } from '../../contracts/ledger/changed-meanwhile.ts';
import type { ObjectStore } from '../../ports/object-store.ts';
import { type Entry, openLedger, pausedWritersPart, restoreRunPart } from '../ledger.ts';

/** Writers that a restore has paused, and that are not back as they were. */
export interface LeftPaused {
  run: string;
  writers: PausedWriters;
  entry: Entry<PausedWriters>;
}

/**
 * The writers that a restore, or an earlier one whose writers it was to take over, has left paused; undefined where all
 * are back.
 */
export async function leftPausedBy(store: ObjectStore, plan: string, run: string): Promise<LeftPaused | undefined> {
  const ledger = openLedger(store, plan, run);
  const entry = await ledger.read(pausedWritersPart);
  const next = entry === undefined ? (await ledger.read(restoreRunPart))?.value.writersOf : entry.value.adoptedBy;
  if (next !== undefined) return leftPausedBy(store, plan, next);
  if (entry === undefined || entry.value.resumedAt !== undefined) return undefined;
  return { run, writers: entry.value, entry };
}

/** Says in the ledger of the restore that had paused them that another one puts writers back in its place. */
export async function adoptWriters(
  store: ObjectStore,
  plan: string,
  left: LeftPaused,
  adoptedBy: string,
): Promise<void> {
  await openLedger(store, plan, left.run).write(pausedWritersPart, { ...left.writers, adoptedBy }, left.entry);
}
