import type { SearchRecord } from '../../contracts/manifest.ts';
import type { RestoreState } from '../../contracts/steps.ts';
import { assertWithinDeadline, few } from '../../core/deadline.ts';
import { firstWaitSeconds, nextWaitSeconds } from '../../core/waits.ts';
import { hasCode, isRefusal, TandemError } from '../../errors/tandem-error.ts';
import type { Clock } from '../../ports/clock.ts';
import type { SearchDomain } from '../../ports/search-domain.ts';
import type { StepRun } from '../../ports/step-run.ts';
import { indexRestorePart } from '../ledger.ts';
import { type IndexSidePorts, type IndicesOfRun, restoredIndicesOfRun } from './indices-of-run.ts';

/**
 * Asks for the restore of what is not there yet, by explicit names, without waiting for it. The ledger says that it was
 * asked for before it is: whatever exists afterwards was made by this run, because none of it existed just before.
 *
 * @throws TandemError INDEX_IN_THE_WAY, DEADLINE_EXCEEDED
 */
export async function restoreIndices(state: RestoreState, ports: IndexSidePorts, step: StepRun): Promise<RestoreState> {
  const side = await restoredIndicesOfRun(state, ports);
  const { names, present, restore } = side;
  const foreign = [...present.keys()].filter((name) => !restore.requested.includes(name));
  if (foreign.length > 0) {
    throw new TandemError('INDEX_IN_THE_WAY', `Made by somebody else since they were deleted: ${few(foreign)}.`);
  }
  const missing = names.filter((name) => !present.has(name));
  const taken = missing.length === 0 || (await ask(side, missing, ports.clock));
  step.info('asked for the restore of indices', { indices: missing.length, taken });
  if (taken) return { ...state, lastStep: 'RestoreIndices', progress: 'RUNNING', waitSeconds: firstWaitSeconds };
  assertWithinDeadline(ports.clock.now(), state.deadlineAt, () => `the restore of indices ${few(missing)}`);
  const waitSeconds = nextWaitSeconds(state.waitSeconds ?? firstWaitSeconds);
  return { ...state, lastStep: 'RestoreIndices', progress: 'TO_START', waitSeconds };
}

/** @returns false where the domain is busy with something that has to end first */
async function ask(
  { domain, recorded, names, ledger, entry, restore }: IndicesOfRun & { recorded: SearchRecord },
  missing: string[],
  clock: Clock,
): Promise<boolean> {
  const requested = [...new Set([...restore.requested, ...missing])];
  const shardsTotal = recorded.indices
    .filter((index) => names.includes(index.name))
    .reduce((sum, index) => sum + index.primaries, 0);
  const askedAt = restore.askedAt ?? clock.now().toISOString();
  const asked = await ledger.write(indexRestorePart, { ...restore, requested, shardsTotal, askedAt }, entry);
  try {
    await domain.snapshots.restore(recorded.repository.name, recorded.snapshot.name, missing);
  } catch (error) {
    // A request whose answer was lost may have been taken up late, just before this one.
    if (hasCode(error, 'INDEX_IN_THE_WAY') && missing.every((name) => restore.requested.includes(name))) {
      if (await areThere(missing, domain)) return true;
    }
    // Refused, it has made nothing: an index of one of the names that appears from now on is somebody else's.
    if (isRefusal(error)) await ledger.write(indexRestorePart, restore, asked);
    if (hasCode(error, 'NOT_READY')) return false;
    if (!hasCode(error, 'OUTCOME_UNKNOWN')) throw error;
  }
  // Acceptance means that the indices exist; a lost answer is settled by looking whether they do.
  if (await areThere(missing, domain)) return true;
  throw new TandemError('SERVICE_UNAVAILABLE', `The domain did not take up the restore of ${few(missing)}.`);
}

async function areThere(names: string[], { indices }: SearchDomain): Promise<boolean> {
  const found = await indices.uuids(names);
  return names.every((name) => found.has(name));
}
