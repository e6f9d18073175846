import type { SearchRecord } from '../../contracts/manifest.ts';
import type { RestoreState } from '../../contracts/steps.ts';
import { assertWithinDeadline, few } from '../../core/deadline.ts';
import { documentDifferences } from '../../core/differences.ts';
import { strangersInPlace, swapActions } from '../../core/index-swap.ts';
import { firstWaitSeconds, nextWaitSeconds } from '../../core/waits.ts';
import { hasCode, TandemError } from '../../errors/tandem-error.ts';
import type { StepRun } from '../../ports/step-run.ts';
import { type IndexSidePorts, type IndicesOfRun, restoredIndicesOfRun } from './indices-of-run.ts';
import { unlessBusy } from './unless-busy.ts';

/**
 * Puts the restored indices in the place of the live ones, all at once, when they hold what was recorded. Where that is so
 * already, nothing is left to do.
 *
 * @throws TandemError SWAP_WITHHELD, INDEX_IN_THE_WAY, INDEX_BLOCKED, DEADLINE_EXCEEDED
 */
export async function swapIndices(state: RestoreState, ports: IndexSidePorts, step: StepRun): Promise<RestoreState> {
  const side = await restoredIndicesOfRun(state, ports);
  const left = await whatIsLeft(side);
  step.info('swaps indices', { changes: left.length });
  if (left.length > 0 && !(await unlessBusy(() => swap(side, left)))) {
    assertWithinDeadline(ports.clock.now(), state.deadlineAt, () => `the swap of indices ${few(side.targets)}`);
    const waitSeconds = nextWaitSeconds(state.waitSeconds ?? firstWaitSeconds);
    return { ...state, lastStep: 'SwapIndices', progress: 'TO_START', waitSeconds };
  }
  return { ...state, lastStep: 'SwapIndices', progress: 'DONE' };
}

type Side = IndicesOfRun & { recorded: SearchRecord };
type Changes = ReturnType<typeof swapActions>;

async function whatIsLeft({ plan, restored, recorded, domain }: Side): Promise<Changes> {
  const swapped = restored.filter(({ action }) => action === 'swap');
  const names = swapped.flatMap(({ target, currentName }) => [target, ...(currentName === null ? [] : [currentName])]);
  const live = new Map((await domain.indices.describe(names)).map((index) => [index.name, index]));
  const strangers = strangersInPlace(swapped, live);
  if (strangers.length > 0) {
    throw new TandemError('INDEX_IN_THE_WAY', `Made by somebody else since the plan was made: ${few(strangers)}.`);
  }
  const left = swapActions(swapped, recorded.indices, live, plan.keepOld);
  const records = new Map(recorded.indices.map((index) => [index.name, index]));
  const differences = swapped.flatMap(({ name, target }) => {
    const record = records.get(name);
    return record === undefined ? [] : documentDifferences({ ...record, name: target }, live.get(target));
  });
  // Once they are in place, documents may be written to them.
  if (left.length === 0 || differences.length === 0) return left;
  const found = differences.map((one) => `${one.name}: ${one.what}: ${one.found}, not ${one.expected}`);
  throw new TandemError('SWAP_WITHHELD', `Not swapped in: ${few(found)}.`);
}

async function swap(side: Side, changes: Changes): Promise<void> {
  try {
    await side.domain.indices.changeAliases(changes);
  } catch (error) {
    // An index is gone where another delivery of the same step has swapped just before.
    const isUnknown = hasCode(error, 'OUTCOME_UNKNOWN');
    if (!isUnknown && !hasCode(error, 'INDEX_VANISHED')) throw error;
    if ((await whatIsLeft(side)).length === 0) return;
    if (!isUnknown) throw error;
    throw new TandemError('SERVICE_UNAVAILABLE', 'The domain did not take up the swap of indices.', { cause: error });
  }
}
