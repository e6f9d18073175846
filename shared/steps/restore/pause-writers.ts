import type { PausedWriters } from '../../contracts/ledger/changed-meanwhile.ts';
import type { RestoreState } from '../../contracts/steps.ts';
import { functionName, type LiveMapping, mappingName, mappingsToMake, rememberWriters } from '../../core/writers.ts';
import { TandemError } from '../../errors/tandem-error.ts';
import type { Clock } from '../../ports/clock.ts';
import type { OpenCatalog } from '../../ports/object-store.ts';
import type { StepRun } from '../../ports/step-run.ts';
import { openLedger, pausedWritersPart, restoreRunPart } from '../ledger.ts';
import { Readings } from '../read-settings.ts';
import { mappingsOfStream, mappingsOn, reservedFor, type WriterPorts } from './live-writers.ts';
import { adoptWriters, leftPausedBy } from './paused-writers.ts';
import { type Turn, turnWriters } from './turn-writers.ts';

export interface PauseWritersPorts extends WriterPorts {
  openCatalog: OpenCatalog;
  clock: Clock;
}

/**
 * Pauses what writes to the tables and indices of the plan, and waits until it is off. What it was stands in the ledger
 * before it is changed; delivered again, or in a run that is carried on, what is remembered counts and not the pause.
 *
 * @throws TandemError WRITERS_NOT_PAUSED
 */
export async function pauseWriters(
  state: RestoreState,
  ports: PauseWritersPorts,
  step: StepRun,
): Promise<RestoreState> {
  const store = ports.openCatalog(state.catalog);
  const ledger = openLedger(store, state.plan, state.run);
  const { restorePlan, writersOf } = (await ledger.get(restoreRunPart)).value;
  const { tables, functions, mappings: planned } = restorePlan.writers;
  const entry = await ledger.read(pausedWritersPart);
  const left = writersOf === undefined ? undefined : await leftPausedBy(store, state.plan, writersOf);
  const adopted = left?.run === state.run ? undefined : left;
  const present = mappingsOn(tables, ports);
  const found = {
    // An emulator without mappings has nothing that could write; the plan says that they could not be seen.
    mappings: await (planned.length > 0 ? present : new Readings().offered('eventSourceMappings', [], present)),
    functions: await reservedFor(
      functions.map(({ name }) => name),
      ports,
    ),
  };
  const writers = rememberWriters(entry?.value ?? adopted?.writers, found, mappingsToMake(restorePlan));
  if (writers.mappings.length + writers.functions.length > 0) {
    await ledger.write(pausedWritersPart, writers, entry);
    if (adopted !== undefined) await adoptWriters(store, state.plan, adopted, state.run);
    const stillOn = await turnWriters(turnsOff(writers, found.mappings, ports), ports.clock, step);
    if (stillOn.length > 0) throw new TandemError('WRITERS_NOT_PAUSED', `Not paused: ${stillOn.join('; ')}.`);
  }
  step.info('paused writers', { mappings: writers.mappings.length, functions: writers.functions.length });
  return { ...state, lastStep: 'PauseWriters' };
}

/** Functions first: what a mapping hands to one of them from then on waits. */
function turnsOff(
  { functions }: PausedWriters,
  mappings: LiveMapping[],
  { streamConsumers, reservedConcurrency }: WriterPorts,
): Turn[] {
  return [
    ...functions.map(({ name }) => ({
      name: functionName({ name }),
      async make() {
        if ((await reservedConcurrency.get(name)) === 0) return true;
        await reservedConcurrency.set(name, 0);
        return false;
      },
    })),
    ...mappings.map((mapping) => ({
      name: mappingName(mapping),
      async make() {
        const { uuid, streamArn } = mapping;
        const there = (await mappingsOfStream(streamArn, streamConsumers)).find((one) => one.uuid === uuid);
        if (there === undefined || there.state === 'Disabled') return true;
        if (there.state !== 'Disabling') await streamConsumers.setEnabled(there.uuid, false);
        return false;
      },
    })),
  ];
}
