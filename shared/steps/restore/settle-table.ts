import type { ComparableSettings, RestoredSetting } from '../../core/table-settings.ts';
import { settingsToPutBack } from '../../core/table-settings.ts';
import type { TableDescription, Tables } from '../../ports/tables.ts';
import { settingsOf } from './settings-of.ts';

/**
 * Puts the captured settings of a restored table back, in order.
 *
 * @returns true once every one of them is as captured
 * @throws TandemError NOT_READY where DynamoDB wants the table ACTIVE before the next one: come again later
 */
export async function settleTable(
  captured: ComparableSettings,
  table: TableDescription,
  tables: Tables,
): Promise<boolean> {
  const missing = settingsToPutBack(captured, await settingsOf(table, tables));
  for (const setting of missing) await putBack(setting, captured, table, tables);
  return missing.length === 0;
}

async function putBack(
  setting: RestoredSetting,
  captured: ComparableSettings,
  { name, arn }: TableDescription,
  tables: Tables,
): Promise<void> {
  switch (setting) {
    case 'tags':
      return tables.setTags(arn, captured.tags);
    case 'stream':
      return captured.stream && tables.setStream(name, captured.stream.viewType);
    case 'timeToLive':
      return captured.timeToLive && tables.setTimeToLive(name, captured.timeToLive.attribute);
    case 'pointInTimeRecovery':
      return tables.setPointInTimeRecovery(name, captured.pointInTimeRecovery?.days);
    case 'deletionProtection':
      return tables.setDeletionProtection(name, captured.deletionProtection);
  }
}
