import type { PausedWriters } from '../../contracts/ledger/changed-meanwhile.ts';
import { type RunPlace, resumeWritersCommand } from '../../core/how-to-go-on.ts';
import { functionName, mappingName, type PausedMapping } from '../../core/writers.ts';
import { hasCode, TandemError } from '../../errors/tandem-error.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ObjectStore } from '../../ports/object-store.ts';
import type { StepRun } from '../../ports/step-run.ts';
import { openLedger, pausedWritersPart } from '../ledger.ts';
import { mappingsOfStream, type WriterPorts } from './live-writers.ts';
import { leftPausedBy } from './paused-writers.ts';
import { type Turn, turnWriters } from './turn-writers.ts';

export interface PutWritersBackPorts extends WriterPorts {
  clock: Clock;
  /** Where this runs, as the command line finds it. */
  place: RunPlace;
}

/**
 * Puts the writers that a restore has paused back as they were: a mapping where it is now, which may be one that the
 * restore made for it on a new stream. What is gone meanwhile is left; what was off before is not touched. Once or again.
 *
 * @returns what was put back; undefined where nothing was paused any more
 * @throws TandemError WRITERS_NOT_RESUMED
 */
export async function putWritersBack(
  store: ObjectStore,
  { plan, run }: { plan: string; run: string },
  ports: PutWritersBackPorts,
  step: StepRun,
): Promise<PausedWriters | undefined> {
  const left = await leftPausedBy(store, plan, run);
  if (left === undefined) return undefined;
  const stillOff = await turnWriters(turnsBack(left.writers, ports), ports.clock, step);
  if (stillOff.length > 0) {
    const message = `Paused still, or not as they were: ${stillOff.join('; ')}.`;
    const remedy = `Put them back, once the cause is gone: \`${resumeWritersCommand(plan, left.run, ports.place)}\`. Until then the application misses what they write.`;
    throw new TandemError('WRITERS_NOT_RESUMED', message, { remedy });
  }
  const resumed = { ...left.writers, resumedAt: ports.clock.now().toISOString() };
  await openLedger(store, plan, left.run).write(pausedWritersPart, resumed, left.entry);
  step.info('put writers back', { mappings: resumed.mappings.length, functions: resumed.functions.length });
  return resumed;
}

function turnsBack({ mappings, functions }: PausedWriters, ports: WriterPorts): Turn[] {
  const { reservedConcurrency } = ports;
  return [
    ...functions.map(({ name, reserved }) => ({
      name: functionName({ name }),
      make: unlessGone(async () => {
        const wanted = reserved ?? undefined;
        if ((await reservedConcurrency.get(name)) === wanted) return true;
        await reservedConcurrency.set(name, wanted);
        return false;
      }),
    })),
    ...mappings
      .filter(({ enabled }) => enabled)
      .map((mapping) => ({ name: mappingName(mapping), make: () => switchOn(mapping, ports) })),
  ];
}

async function switchOn(mapping: PausedMapping, ports: WriterPorts): Promise<boolean> {
  const there = await whereItIs(mapping, ports);
  if (there === undefined || there.state === 'Enabled') return true;
  if (['Disabled', 'Disabling'].includes(there.state)) await ports.streamConsumers.setEnabled(there.uuid, true);
  return false;
}

/** On the stream that its table has now, or else where it was when it was paused. */
async function whereItIs(
  { table, functionArn, uuid, streamArn }: PausedMapping,
  { tables, streamConsumers }: WriterPorts,
) {
  const stream = (await tables.describe(table))?.stream;
  const now = stream === undefined ? [] : await mappingsOfStream(stream.arn, streamConsumers);
  const moved = now.find((mapping) => mapping.functionArn === functionArn);
  if (moved !== undefined || streamArn === null) return moved;
  return (await mappingsOfStream(streamArn, streamConsumers)).find((mapping) => mapping.uuid === uuid);
}

/** A function that somebody deleted has nothing to be put back. */
function unlessGone(make: () => Promise<boolean>): () => Promise<boolean> {
  return async () => {
    try {
      return await make();
    } catch (error) {
      if (hasCode(error, 'WRITER_NOT_FOUND')) return true;
      throw error;
    }
  };
}
