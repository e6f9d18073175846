import type { RefillSegment, Refills } from '../../contracts/ledger/refills.ts';
import type { RefillingState, RestoreState } from '../../contracts/steps.ts';
import { assertWithinDeadline, few } from '../../core/deadline.ts';
import { phaseOf, progressOf, refillUnits, type TableToRefill, tablesToRefill, untouched } from '../../core/refill.ts';
import type { Clock } from '../../ports/clock.ts';
import type { OpenCatalog } from '../../ports/object-store.ts';
import type { StepRun } from '../../ports/step-run.ts';
import { type Ledger, refillSegmentPart, refillsPart } from '../ledger.ts';
import { restoreOfRun } from './restore-of-run.ts';

export interface CheckRefillPorts {
  openCatalog: OpenCatalog;
  clock: Clock;
}

/**
 * Looks how far all workers of a refill are together. Only once every segment of every table is written do they begin to
 * delete: what is counted as kept then is a proof of what was written.
 *
 * @throws TandemError DEADLINE_EXCEEDED
 */
export async function checkRefill(
  state: RefillingState,
  { openCatalog, clock }: CheckRefillPorts,
  step: StepRun,
): Promise<RestoreState> {
  const { ledger, settled, source } = await restoreOfRun(state, openCatalog);
  const { restorePlan } = settled;
  const looked = await Promise.all(
    tablesToRefill(restorePlan, source.tables, state.run).map(async (table) => ({
      name: table.name,
      segments: await segmentsOf(table, ledger),
    })),
  );
  const refills: Refills = new Map(looked.map(({ name, segments }) => [name, progressOf(segments)]));
  await ledger.write(refillsPart, refills, await ledger.read(refillsPart));
  const phase = phaseOf(looked.flatMap(({ segments }) => segments));
  const pending = [...refills].flatMap(([name, { done }]) => (done ? [] : [name]));
  const written = [...refills.values()].reduce((sum, one) => sum + one.written + one.deleted, 0);
  step.metric('itemsWritten', 'Count', written);
  step.info('looked at the refill', { phase, pending: pending.length, written });
  // Nothing is waited for: the workers go on at once.
  const reached = { ...state, lastStep: 'CheckRefill', waitSeconds: undefined };
  if (phase === 'DONE') return { ...reached, progress: 'DONE' };
  assertWithinDeadline(clock.now(), state.deadlineAt, () => `the refill of tables ${few(pending)}`);
  return { ...reached, refill: { ...state.refill, phase }, progress: 'RUNNING' };
}

function segmentsOf(table: TableToRefill, ledger: Ledger): Promise<RefillSegment[]> {
  return Promise.all(
    refillUnits([table]).map(async ({ segment }) => {
      const entry = await ledger.read(refillSegmentPart(table.name, segment.number));
      return entry?.value ?? untouched;
    }),
  );
}
