import type { TableRecord } from '../contracts/manifest.ts';
import type { TriggerToMove } from '../contracts/restore-plan.ts';
import type { EventSourceMapping } from '../contracts/table-settings.ts';

/**
 * The triggers that a table has after its restore: those on its stream now, which are moved to its new one, and those that
 * the recovery point knows beside them.
 *
 * @param live the event source mappings on the stream that the table has now
 */
export function triggersOfPlan(
  { settings }: Pick<TableRecord, 'settings'>,
  live: Pick<EventSourceMapping, 'uuid' | 'functionArn'>[],
): TriggerToMove[] {
  const recorded = settings.eventSourceMappings.map(({ functionArn }) => functionArn);
  const present = live.map(({ functionArn }) => functionArn);
  return [
    ...live.map(({ uuid, functionArn }) => ({ functionArn, uuid, recorded: recorded.includes(functionArn) })),
    ...recorded
      .filter((functionArn) => !present.includes(functionArn))
      .map((functionArn) => ({ functionArn, uuid: null, recorded: true })),
  ].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
}

function keyOf({ functionArn, uuid }: TriggerToMove): string {
  return `${functionArn} ${uuid ?? ''}`;
}
