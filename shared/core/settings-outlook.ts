import type { TableRecord } from '../contracts/manifest.ts';
import type { TableSettings } from '../contracts/table-settings.ts';
import { type RestoredSetting, restoredSettings } from './table-settings.ts';
import { hasHiddenFilters, triggerName, triggersToHave } from './triggers.ts';

/** What of a table's settings a restore will put back, and what it cannot, and why. */
export interface SettingsOutlook {
  putBack: string[];
  cannot: { setting: string; why: string }[];
}

/** How the settings and triggers of a captured table will fare when it is replaced, as far as that can be known before. */
export function settingsOutlook({ settings }: Pick<TableRecord, 'settings'>): SettingsOutlook {
  const triggers = triggersToHave(settings.eventSourceMappings, []);
  const hidden = triggers.filter(hasHiddenFilters);
  const linked = triggers.filter((trigger) => !hidden.includes(trigger));
  return {
    putBack: [
      ...restoredSettings.filter((setting) => isOn(setting, settings)),
      ...linked.map(({ functionArn }) => triggerName(functionArn)),
    ],
    cannot: [
      ...settings.notCaptured.map(({ setting, why }) => ({ setting, why: `it was not captured: ${why}` })),
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
    case 'contributorInsights':
    case 'kinesisDestinations':
    case 'scaling':
    case 'warmThroughput':
      return (settings[setting] ?? []).length > 0;
    default:
      return settings[setting] !== undefined;
  }
}
