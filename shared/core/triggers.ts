import type { TableFacts } from '../contracts/manifest.ts';
import type { EventSourceMapping } from '../contracts/table-settings.ts';

/** A trigger that a restored table is to have. */
export interface Trigger {
  /** With its qualifier, where the trigger calls a version or an alias. A stream has one trigger of a function at most. */
  functionArn: string;
  configuration: EventSourceMapping['configuration'];
  tags: EventSourceMapping['tags'];
  /** False of a trigger that was made after the backup. */
  isRecorded: boolean;
}

/**
 * The triggers that a restored table is to have: those that were recorded, as they were recorded, and those that came
 * later, as they are. They are switched on, where they are to be, with the other writers that the restore has paused.
 *
 * @param old those on the streams that the table had before the restore
 */
export function triggersToHave(recorded: EventSourceMapping[], old: EventSourceMapping[]): Trigger[] {
  const isAlive = ({ state }: EventSourceMapping) => state !== 'Deleting';
  const [known, alive] = [recorded.filter(isAlive), old.filter(isAlive)];
  const functions = new Set([...known, ...alive].map(({ functionArn }) => functionArn));
  return [...functions].sort().flatMap((functionArn) => {
    const isOf = (mapping: EventSourceMapping) => mapping.functionArn === functionArn;
    const [before, now] = [known.find(isOf), alive.findLast(isOf)];
    const like = before ?? now;
    if (like === undefined) return [];
    return {
      functionArn,
      configuration: like.configuration,
      tags: before?.tags ?? now?.tags,
      isRecorded: before !== undefined,
    };
  });
}

export function isEnabled({ state }: Pick<EventSourceMapping, 'state'>): boolean {
  return !['Disabled', 'Disabling'].includes(state);
}

/**
 * Lambda tells the filters of a mapping that are encrypted with a key of the account to nobody who lists mappings. A
 * trigger that is made without its filters would call its function with what it must not see.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_EventSourceMappingConfiguration.html
 */
export function hasHiddenFilters({ configuration }: Pick<EventSourceMapping, 'configuration'>): boolean {
  return configuration.KMSKeyArn !== undefined && configuration.FilterCriteria === undefined;
}

/** As a setting that is put back, by which the ledger and the differences know it. */
export function triggerName(functionArn: string): string {
  return `trigger ${functionArn}`;
}

export function oldTriggerName({ uuid, functionArn }: Pick<EventSourceMapping, 'uuid' | 'functionArn'>): string {
  return `old ${triggerName(functionArn)} (${uuid})`;
}

/** What is to be known of triggers that the manifest does not know. */
export function triggerRemarks(
  { name, settings }: Pick<TableFacts, 'name' | 'settings'>,
  triggers: Trigger[],
): string[] {
  return triggers.flatMap(({ functionArn, isRecorded }) => {
    if (isRecorded) return [];
    const what = `The trigger of ${functionArn} on table ${name} is not in the recovery point`;
    return settings.stream === undefined
      ? [`${what}, where the table had no stream: it is left on the old stream, which tells nothing any more.`]
      : [`${what}: it is on the new stream as it was on the old one.`];
  });
}
