import { type RestoreLock, restoreLockSchema } from '../../contracts/restore-lock.ts';
import { type Claim, lockProblems } from '../../core/restore-lock.ts';
import { TandemError } from '../../errors/tandem-error.ts';
import type { ObjectStore } from '../../ports/object-store.ts';

function keyOf(plan: string): string {
  return `ledgers/${plan}/restore-in-progress.json`;
}

async function read(store: ObjectStore, plan: string): Promise<{ lock: RestoreLock; version: string } | undefined> {
  const object = await store.get(keyOf(plan));
  return object && { lock: restoreLockSchema.parse(JSON.parse(object.body)), version: object.version };
}

/** Which restore of a plan is at work, or was last. */
export async function readLock(store: ObjectStore, plan: string): Promise<RestoreLock | undefined> {
  return (await read(store, plan))?.lock;
}

/**
 * Takes the lock of a plan, in place of whatever lies there that may be replaced.
 *
 * @throws TandemError RESTORE_IN_PROGRESS, LEDGER_CHANGED where somebody else took it at the same moment
 */
export async function takeLock(
  store: ObjectStore,
  plan: string,
  wanted: RestoreLock,
  claim: Claim,
  now: Date,
): Promise<void> {
  const found = await read(store, plan);
  const [problem] = lockProblems(found?.lock, claim, now);
  if (problem !== undefined) throw problem;
  const body = JSON.stringify(wanted);
  const version =
    found === undefined ? await store.create(keyOf(plan), body) : await store.replace(keyOf(plan), body, found.version);
  if (version !== undefined) return;
  const taken = await readLock(store, plan);
  // Lambda may deliver a step twice at once: the other delivery has taken it for the same execution.
  if (taken?.run === wanted.run && taken.execution === wanted.execution && taken.releasedAt === undefined) return;
  throw new TandemError('LEDGER_CHANGED', `Another restore of plan ${plan} began at the same moment.`);
}

/** Gives the lock of a plan back, where the run has it. @param execution the only one that may, where it is known */
export async function releaseLock(
  store: ObjectStore,
  plan: string,
  { run, execution }: { run: string; execution?: string },
  now: Date,
): Promise<void> {
  const found = await read(store, plan);
  if (found === undefined || found.lock.run !== run || found.lock.releasedAt !== undefined) return;
  // Another execution carries the run on by now.
  if (execution !== undefined && found.lock.execution !== execution) return;
  const released: RestoreLock = { ...found.lock, releasedAt: now.toISOString() };
  // Where somebody else wrote meanwhile, the lock is theirs.
  await store.replace(keyOf(plan), JSON.stringify(released), found.version);
}
