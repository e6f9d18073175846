import type { TableFacts } from '../contracts/manifest.ts';
import type { SettingsOfPlan } from '../contracts/restore-plan.ts';
import type { TableSettings, WarmThroughput } from '../contracts/table-settings.ts';
import { type RestoredSetting, restoredSettings } from './table-settings.ts';
import { hasHiddenFilters, triggerName, triggersToHave } from './triggers.ts';

/**
 * Which of a table's captured settings a restore puts back, and which it cannot, with why. What a table has by its own
 * backup (keys, indexes, capacity, items) is none of them.
 */
export function settingsOutlook({ settings }: Pick<TableFacts, 'settings'>): SettingsOfPlan {
  const hidden = triggersToHave(settings.eventSourceMappings, []).filter(hasHiddenFilters);
  return {
    back: restoredSettings.filter((setting) => isOn(setting, settings)),
    not: [
      ...settings.notCaptured.map(({ setting, why }) => ({ setting, why: `not captured by the backup: ${why}` })),
      ...hidden.map(({ functionArn }) => ({
        setting: triggerName(functionArn),
        why: 'its filters are encrypted, and Lambda tells them to nobody who lists mappings',
      })),
    ],
  };
}

/** Whether a table has a setting that a restore would lose; DynamoDB keeps the capacity by itself. */
function isOn(setting: RestoredSetting, settings: TableSettings): boolean {
  switch (setting) {
    case 'tags':
      return Object.keys(settings.tags).length > 0;
    case 'throughput':
    case 'onDemandMaximum':
      return false;
    case 'tableClass':
      return settings.tableClass !== 'STANDARD';
    case 'deletionProtection':
      return settings.deletionProtection;
    case 'warmThroughput':
      return (settings.warmThroughput ?? []).some(isWarmedUp);
    case 'contributorInsights':
    case 'kinesisDestinations':
    case 'scaling':
      return (settings[setting] ?? []).length > 0;
    default:
      return settings[setting] !== undefined;
  }
}

/**
 * Whether a table or an index takes more at once than a new one that is paid by request does.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/warm-throughput.html
 */
function isWarmedUp({ readUnits, writeUnits }: WarmThroughput): boolean {
  return readUnits > 12_000 || writeUnits > 4_000;
}
