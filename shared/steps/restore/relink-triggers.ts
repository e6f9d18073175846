import type { EventSourceMapping } from '../../contracts/table-settings.ts';
import { hasHiddenFilters, oldTriggerName, type Trigger, triggerName } from '../../core/triggers.ts';
import type { StreamConsumers } from '../../ports/stream-consumers.ts';
import type { Attempts } from './attempts.ts';

/** Triggers on the way to a new stream, and what to ask Lambda with. */
export interface Relinking {
  triggers: Trigger[];
  /** Those on the streams that the table had before. */
  old: EventSourceMapping[];
  streamArn: string;
  attempts: Attempts;
  consumers: StreamConsumers;
}

/**
 * Makes each trigger on the new stream, switched off, and then deletes the one on the old stream. UpdateEventSourceMapping
 * cannot change the stream. What is there already is found by its function, so that nothing is made twice however often
 * and wherever this is cut off.
 *
 * @returns true once each trigger is on the new stream alone, or was given up: then the old one stays
 */
export async function relinkTriggers(relinking: Relinking): Promise<boolean> {
  const { triggers, streamArn, attempts, consumers } = relinking;
  if (triggers.length === 0) return true;
  const there = await consumers.list(streamArn);
  const missing = triggers.filter((trigger) => find(there, trigger) === undefined);
  for (const trigger of missing) {
    const name = triggerName(trigger.functionArn);
    if (hasHiddenFilters(trigger))
      attempts.giveUp(name, 'Lambda tells its encrypted filters to nobody who lists them.');
    await attempts.make(name, () => consumers.create(streamArn, trigger));
  }
  if (missing.some(({ functionArn }) => !attempts.isGivenUp(triggerName(functionArn)))) return false;
  return deleteOld(there, relinking);
}

async function deleteOld(there: EventSourceMapping[], { old, streamArn, attempts, consumers }: Relinking) {
  const moved = old.filter((mapping) => mapping.streamArn !== streamArn && find(there, mapping) !== undefined);
  for (const { uuid, functionArn } of moved) {
    await attempts.make(oldTriggerName({ uuid, functionArn }), () => consumers.delete(uuid));
  }
  return attempts.waitingFor === undefined;
}

function find(mappings: EventSourceMapping[], { functionArn }: Pick<Trigger, 'functionArn'>) {
  return mappings.find((mapping) => mapping.functionArn === functionArn);
}
