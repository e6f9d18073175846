import type { TableFacts } from '../contracts/manifest.ts';
import type { TableState } from './table-settings.ts';

/** What a table may have got since it was backed up, as the report calls it. */
const gainable = [
  { setting: 'stream', inWords: 'stream' },
  { setting: 'timeToLive', inWords: 'time to live' },
  { setting: 'pointInTimeRecovery', inWords: 'point-in-time recovery' },
  { setting: 'resourcePolicy', inWords: 'resource policy' },
  { setting: 'streamPolicy', inWords: 'stream policy' },
  { setting: 'encryption', inWords: 'encryption' },
] as const;

/**
 * A table as it is to be that stays: as it was recorded, with the settings that it did not have then and has now. To take
 * them off would be to change more than its items.
 *
 * @returns the same record with those, and what they are, in words
 */
export function withGained(
  record: TableFacts,
  { settings: live }: Pick<TableState, 'settings'>,
): { record: TableFacts; gained: string[] } {
  const { settings } = record;
  const gained = gainable.filter(({ setting }) => settings[setting] === undefined && live[setting] !== undefined);
  const tags = Object.keys(live.tags).filter((key) => !Object.hasOwn(settings.tags, key));
  const isOfOtherClass = settings.tableClass === 'STANDARD' && live.tableClass !== 'STANDARD';
  const isProtected = live.deletionProtection && !settings.deletionProtection;
  return {
    record: {
      ...record,
      settings: {
        ...settings,
        ...Object.fromEntries(gained.map(({ setting }) => [setting, live[setting]])),
        tags: { ...live.tags, ...settings.tags },
        ...(isOfOtherClass && { tableClass: live.tableClass }),
        deletionProtection: settings.deletionProtection || live.deletionProtection,
      },
    },
    gained: [
      ...tags.map((key) => `tag ${key}`),
      ...gained.map(({ inWords }) => inWords),
      ...(isOfOtherClass ? ['table class'] : []),
      ...(isProtected ? ['deletion protection'] : []),
    ],
  };
}
