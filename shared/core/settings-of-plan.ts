import type { TableRecord } from '../contracts/manifest.ts';
import type { SettingsOfPlan } from '../contracts/restore-plan.ts';
import { restoredSettings } from './table-settings.ts';

/**
 * Which of a table's captured settings a restore puts back, and which it cannot, with why. What a table has by its own
 * backup (keys, indexes, capacity, items) is none of them.
 */
export function settingsOfPlan({ settings }: Pick<TableRecord, 'settings'>): SettingsOfPlan {
  const back = restoredSettings.filter((setting) => {
    const value = settings[setting];
    return typeof value === 'object' ? Object.keys(value).length > 0 : value !== undefined && value !== false;
  });
  const { notCaptured } = settings;
  return {
    back: [...back],
    not: [
      ...(settings.tableClass === 'STANDARD'
        ? []
        : [{ setting: 'tableClass', why: `a restored table is STANDARD: set ${settings.tableClass} afterwards` }]),
      ...(settings.resourcePolicy === undefined
        ? []
        : [{ setting: 'resourcePolicy', why: 'a restored table has none: put it back afterwards' }]),
      ...notCaptured.map(({ setting, why }) => ({ setting, why: `not captured by the backup: ${why}` })),
    ],
  };
}
