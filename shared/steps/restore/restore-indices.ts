import type { SearchRecord } from '../../contracts/manifest.ts';
import type { IndexToRestore } from '../../contracts/restore-plan.ts';
import type { RestoreState } from '../../contracts/steps.ts';
import { assertWithinDeadline, few } from '../../core/deadline.ts';
import { firstWaitSeconds, nextWaitSeconds } from '../../core/waits.ts';
import { hasCode, isRefusal, TandemError } from '../../errors/tandem-error.ts';
import type { SearchDomain } from '../../ports/search-domain.ts';
import type { StepRun } from '../../ports/step-run.ts';
import { indexRestorePart } from '../ledger.ts';
import { type IndexSidePorts, type IndicesOfRun, restoredIndicesOfRun } from './indices-of-run.ts';

type Side = IndicesOfRun & { recorded: SearchRecord; now: Date };

/**
 * Asks for the restore of what is not there yet, by explicit names, without waiting for it. The ledger says that it was
 * asked for before it is: whatever exists afterwards was made by this run, because none of it existed just before, or it
 * was closed.
 *
 * @throws TandemError INDEX_IN_THE_WAY, DEADLINE_EXCEEDED
 */
export async function restoreIndices(state: RestoreState, ports: IndexSidePorts, step: StepRun): Promise<RestoreState> {
  const side = await restoredIndicesOfRun(state, ports);
  const { restored, present, restore } = side;
  const foreign = restored.filter((one) => isForeign(one, present, restore.requested)).map(({ target }) => target);
  if (foreign.length > 0) {
    throw new TandemError('INDEX_IN_THE_WAY', `Made by somebody else since they were deleted: ${few(foreign)}.`);
  }
  const there = await whatIsThere(restored, present, restore.recovered, side.domain);
  const missing = restored.filter(({ target }) => !there.has(target));
  const taken = await askForAll({ ...side, now: ports.clock.now() }, missing);
  step.info('asked for the restore of indices', { indices: missing.length, taken });
  if (taken) return { ...state, lastStep: 'RestoreIndices', progress: 'RUNNING', waitSeconds: firstWaitSeconds };
  const pending = () => `the restore of indices ${few(missing.map(({ target }) => target))}`;
  assertWithinDeadline(ports.clock.now(), state.deadlineAt, pending);
  const waitSeconds = nextWaitSeconds(state.waitSeconds ?? firstWaitSeconds);
  return { ...state, lastStep: 'RestoreIndices', progress: 'TO_START', waitSeconds };
}

/** One that is restored over is there before it is asked for, and stays the same. */
function isForeign(
  { action, target, currentId }: IndexToRestore,
  present: ReadonlyMap<string, string>,
  requested: string[],
): boolean {
  const uuid = present.get(target);
  if (uuid === undefined || requested.includes(target)) return false;
  return action !== 'close' || uuid !== currentId;
}

/** The targets that are there. One that is restored over is, once it is open again: it comes back open. */
async function whatIsThere(
  restored: IndexToRestore[],
  present: ReadonlyMap<string, string>,
  recovered: string[],
  { indices }: SearchDomain,
): Promise<Set<string>> {
  const over = restored.filter(({ action, target }) => action === 'close' && present.has(target));
  const looked = over.length === 0 ? [] : await indices.recovery(over.map(({ target }) => target));
  const closed = new Set(
    looked.filter(({ open, index }) => !open && !recovered.includes(index)).map((one) => one.index),
  );
  return new Set(restored.map(({ target }) => target).filter((name) => present.has(name) && !closed.has(name)));
}

/** Those that get other names are asked for by a request of their own. @returns false as `ask` does */
async function askForAll(side: Side, missing: IndexToRestore[]): Promise<boolean> {
  const [renamed, others] = [missing.filter(isRenamed), missing.filter((one) => !isRenamed(one))];
  let { entry, restore } = side;
  for (const group of [others, renamed]) {
    if (group.length === 0) continue;
    const asked = await ask({ ...side, entry, restore }, group);
    if (asked === undefined) return false;
    ({ entry, restore } = { entry: asked, restore: asked.value });
  }
  return true;
}

function isRenamed({ name, target }: IndexToRestore): boolean {
  return name !== target;
}

/** @returns the ledger's entry; undefined where the domain is busy with something that has to end first */
async function ask(
  { domain, recorded, plan, restored, ledger, entry, restore, now }: Side,
  missing: IndexToRestore[],
): Promise<IndicesOfRun['entry']> {
  const targets = missing.map(({ target }) => target);
  const sources = new Set(restored.map(({ name }) => name));
  const shardsTotal = recorded.indices
    .filter((index) => sources.has(index.name))
    .reduce((sum, index) => sum + index.primaries, 0);
  const askedAt = restore.askedAt ?? now.toISOString();
  const requested = [...new Set([...restore.requested, ...targets])];
  const bare = (plan.fast?.replicas ?? []).filter(({ index }) => targets.includes(index));
  const toCopy = bare.map(({ index, replicas }) => [index, replicas] as const);
  const withoutReplicas = new Map([...restore.withoutReplicas, ...toCopy]);
  const about = { ...restore, requested, withoutReplicas, shardsTotal, askedAt };
  const asked = await ledger.write(indexRestorePart, about, entry);
  const [names, as] = [missing.map(({ name }) => name), missing.some(isRenamed) ? plan.rename : null];
  try {
    await domain.snapshots.restore(recorded.repository.name, recorded.snapshot.name, names, as ?? undefined, {
      withoutReplicas: bare.length > 0,
    });
  } catch (error) {
    // A request whose answer was lost may have been taken up late, just before this one.
    if (hasCode(error, 'INDEX_IN_THE_WAY') && targets.every((name) => restore.requested.includes(name))) {
      if (await areThere(missing, domain)) return asked;
    }
    // Refused, it has made nothing: an index of one of the names that appears from now on is somebody else's.
    if (isRefusal(error)) await ledger.write(indexRestorePart, restore, asked);
    if (hasCode(error, 'NOT_READY')) return undefined;
    if (!hasCode(error, 'OUTCOME_UNKNOWN')) throw error;
  }
  // Acceptance means that the indices exist; a lost answer is settled by looking whether they do.
  if (await areThere(missing, domain)) return asked;
  throw new TandemError('SERVICE_UNAVAILABLE', `The domain did not take up the restore of ${few(targets)}.`);
}

async function areThere(asked: IndexToRestore[], domain: SearchDomain): Promise<boolean> {
  const found = await domain.indices.uuids(asked.map(({ target }) => target));
  return (await whatIsThere(asked, found, [], domain)).size === asked.length;
}
