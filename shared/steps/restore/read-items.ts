import type { ItemReadings, SegmentCount } from '../../contracts/ledger/item-readings.ts';
import type { RestoreState } from '../../contracts/steps.ts';
import { assertWithinDeadline, few } from '../../core/deadline.ts';
import { nothingCounted, tablesToCount } from '../../core/item-counts.ts';
import { sidesOf } from '../../core/item-samples.ts';
import { firstWaitSeconds } from '../../core/waits.ts';
import { hasCode } from '../../errors/tandem-error.ts';
import type { Clock } from '../../ports/clock.ts';
import type { OpenCatalog } from '../../ports/object-store.ts';
import type { StepRun } from '../../ports/step-run.ts';
import type { TableItems } from '../../ports/table-items.ts';
import { type Entry, itemReadingsPart } from '../ledger.ts';
import { countSegment, type SegmentJob } from './count-segment.ts';
import { patientItems } from './patient-items.ts';
import { restoreOfRun } from './restore-of-run.ts';
import { sampleTable } from './sample-table.ts';

export interface ReadItemsPorts {
  openCatalog: OpenCatalog;
  tableItems: TableItems;
  clock: Clock;
}

/** So many segments are read at once, of whatever tables. */
const segmentsAtOnce = 16;

/** What is left of the function's time when it begins no other round, in milliseconds: one reads some hundreds of MB at most. */
const reserveMilliseconds = 120_000;

/**
 * Reads items of the restored tables, as far as its time goes: counts all of them, and compares a sample with another
 * table where there is one. Called again, it goes on where the ledger says.
 *
 * @throws TandemError DEADLINE_EXCEEDED, and what DynamoDB fails with; what was read until then is kept
 */
export async function readItems(state: RestoreState, ports: ReadItemsPorts, step: StepRun): Promise<RestoreState> {
  const { ledger, settled, source } = await restoreOfRun(state, ports.openCatalog);
  const { restorePlan, pairs } = settled;
  const { count = false, sample = null } = restorePlan.proof ?? {};
  const counted = count ? tablesToCount(restorePlan, pairs) : [];
  const sampled =
    sample === null
      ? []
      : restorePlan.tables.flatMap(({ recorded, ...table }) => {
          const sides = sidesOf(table, state.run);
          return sides === undefined ? [] : { name: table.name, sides, items: recorded?.items ?? 0 };
        });
  const save = (readings: ItemReadings, over: Entry<ItemReadings> | undefined) =>
    ledger.write(itemReadingsPart, readings, over);
  const earlier = await ledger.read(itemReadingsPart);
  const nothing = { deadlineAt: state.deadlineAt, counts: nothingCounted(restorePlan, counted), samples: new Map() };
  let entry = earlier?.value.deadlineAt === state.deadlineAt ? earlier : await save(nothing, earlier);

  const uncounted = () => counted.filter(({ name }) => isUncounted(entry.value.counts.get(name)));
  const unsampled = () => sampled.filter(({ name }) => !entry.value.samples.has(name));
  const hasTime = () => step.millisecondsLeft() > reserveMilliseconds;
  const items = patientItems(ports.tableItems, ports.clock, hasTime);
  const isThrottledForLong = (failure: unknown) => hasCode(failure, 'THROTTLED') && !hasTime();
  while (uncounted().length > 0 && hasTime()) {
    const jobs: SegmentJob[] = uncounted().flatMap((table) =>
      (entry.value.counts.get(table.name) ?? []).flatMap((segment, number, { length: of }) =>
        segment.done ? [] : [{ table, segment, number, of }],
      ),
    );
    const round = await Promise.all(jobs.slice(0, segmentsAtOnce).map((job) => countSegment(job, items)));
    entry = await save({ ...entry.value, counts: withRound(entry.value.counts, round) }, entry);
    const failed = round.find(({ failure }) => failure !== undefined);
    if (failed !== undefined && !isThrottledForLong(failed.failure)) throw failed.failure;
  }
  for (const table of unsampled()) {
    if (!hasTime()) break;
    const shape = source.tables.find(({ name }) => name === table.name)?.shape ?? { keys: [] };
    const job = { ...table, shape, run: state.run, wanted: sample ?? 0 };
    const found = await sampleTable(job, items);
    entry = await save({ ...entry.value, samples: new Map([...entry.value.samples, [table.name, found]]) }, entry);
  }

  const pending = [...new Set([...uncounted(), ...unsampled()].map(({ name }) => name))];
  step.info('read items', { pending: pending.length });
  if (pending.length > 0) assertWithinDeadline(ports.clock.now(), state.deadlineAt, () => `items of ${few(pending)}`);
  const progress = pending.length > 0 ? 'RUNNING' : 'DONE';
  return { ...state, lastStep: 'ReadItems', progress, waitSeconds: firstWaitSeconds };
}

function isUncounted(segments: SegmentCount[] | undefined): boolean {
  return segments?.some(({ done }) => !done) ?? false;
}

function withRound(
  counts: ItemReadings['counts'],
  round: Awaited<ReturnType<typeof countSegment>>[],
): ItemReadings['counts'] {
  const changed = new Map(counts);
  for (const { name, number, segment } of round) {
    changed.set(name, (changed.get(name) ?? []).with(number, segment));
  }
  return changed;
}
