import type { TableFacts } from '../contracts/manifest.ts';
import type { TriggerToMove } from '../contracts/restore-plan.ts';
import type { EventSourceMapping } from '../contracts/table-settings.ts';
import { isEnabled } from './triggers.ts';

/** An event source mapping on the stream of a table, and whether it is switched on when no restore has paused it. */
export interface PresentTrigger extends Pick<EventSourceMapping, 'uuid' | 'functionArn'> {
  enabled: boolean;
}

/**
 * The triggers that a table has after its restore: those on its stream now, which are moved to its new one, and those that
 * the recovery point knows beside them.
 *
 * @param live the event source mappings on the stream that the table has now
 */
export function triggersOfPlan({ settings }: Pick<TableFacts, 'settings'>, live: PresentTrigger[]): TriggerToMove[] {
  const recorded = new Set(settings.eventSourceMappings.map(({ functionArn }) => functionArn));
  const present = live.map(({ functionArn }) => functionArn);
  return [
    ...live.map(({ uuid, functionArn, enabled }) => {
      return { functionArn, uuid, recorded: recorded.has(functionArn), enabled };
    }),
    ...settings.eventSourceMappings
      .filter(({ functionArn }) => !present.includes(functionArn))
      .map(({ functionArn, state }) => ({ functionArn, uuid: null, recorded: true, enabled: isEnabled({ state }) })),
  ].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
}

function keyOf({ functionArn, uuid }: TriggerToMove): string {
  return `${functionArn} ${uuid ?? ''}`;
}
