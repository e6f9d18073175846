import type { TableSettings } from '../contracts/table-settings.ts';

/** What the settings of a table are compared as: the same whether they come from a manifest or from the live table. */
export type ComparableSettings = Omit<TableSettings, 'notCaptured' | 'eventSourceMappings' | 'scaling'>;

/**
 * The settings that a restore puts back with a call, in the order that DynamoDB allows: deletion protection comes last,
 * and is the sign that everything before it is done.
 */
export const restoredSettings = ['tags', 'stream', 'timeToLive', 'pointInTimeRecovery', 'deletionProtection'] as const;

export type RestoredSetting = (typeof restoredSettings)[number];

/** False where a setting could not be read at backup time, so that there is nothing to compare with. */
export function isCaptured({ notCaptured }: Pick<TableSettings, 'notCaptured'>, name: string): boolean {
  return !notCaptured.some(({ setting }) => setting === name);
}

/** Those of the settings that are not yet as captured. */
export function settingsToPutBack(captured: ComparableSettings, present: ComparableSettings): RestoredSetting[] {
  return restoredSettings.filter((setting) => !isSetting(captured, present, setting));
}

function isSetting(captured: ComparableSettings, present: ComparableSettings, setting: RestoredSetting): boolean {
  switch (setting) {
    case 'tags':
      return Object.entries(captured.tags).every(([key, value]) => present.tags[key] === value);
    case 'stream':
      return captured.stream === undefined || present.stream?.viewType === captured.stream.viewType;
    case 'timeToLive':
      return captured.timeToLive === undefined || present.timeToLive?.attribute === captured.timeToLive.attribute;
    case 'pointInTimeRecovery':
      return captured.pointInTimeRecovery === undefined || isSameRecovery(captured, present);
    case 'deletionProtection':
      return !captured.deletionProtection || present.deletionProtection;
  }
}

type Recoverable = Pick<ComparableSettings, 'pointInTimeRecovery'>;

/** Whether a table can be recovered as far back as another one; not every endpoint tells how many days that is. */
export function isSameRecovery({ pointInTimeRecovery: one }: Recoverable, { pointInTimeRecovery: other }: Recoverable) {
  if (one === undefined || other === undefined) return one === other;
  return one.days === undefined || other.days === undefined || one.days === other.days;
}
