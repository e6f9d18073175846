import type { ComparableSettings } from '../../core/table-settings.ts';
import type { TableDescription, Tables } from '../../ports/tables.ts';

/** The settings of a live table, as they are compared with captured ones. */
export async function settingsOf(table: TableDescription, tables: Tables): Promise<ComparableSettings> {
  const { notCaptured: _, ...own } = await tables.ownSettings(table);
  return {
    ...own,
    ...(table.stream && { stream: { viewType: table.stream.viewType } }),
    ...(table.encryption && { encryption: table.encryption }),
    deletionProtection: table.deletionProtection,
    tableClass: table.tableClass,
  };
}
