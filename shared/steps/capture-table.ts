import type { CapturedTable } from '../contracts/ledger/backup-run.ts';
import type { TableSettings } from '../contracts/table-settings.ts';
import { TandemError } from '../errors/tandem-error.ts';
import type { StreamConsumers } from '../ports/stream-consumers.ts';
import type { TableDescription } from '../ports/tables.ts';
import { Readings, type ReadSettingsPorts, readSettings } from './read-settings.ts';
import { readTriggers } from './stream-triggers.ts';

export interface CapturePorts extends ReadSettingsPorts {
  streamConsumers: StreamConsumers;
}

/**
 * Everything about a table that its backup does not hold.
 *
 * @throws TandemError TABLE_NOT_FOUND
 */
export async function captureTable(name: string, ports: CapturePorts): Promise<CapturedTable> {
  const table = await ports.tables.describe(name);
  if (table === undefined) throw new TandemError('TABLE_NOT_FOUND', `Table ${name} was deleted during the run.`);
  const { arn, tableId, items, bytes, shape } = table;
  return { arn, tableId, items, bytes, shape, settings: await captureSettings(table, ports) };
}

async function captureSettings(table: TableDescription, ports: CapturePorts): Promise<TableSettings> {
  const noted = new Readings();
  const [settings, eventSourceMappings] = await Promise.all([
    readSettings(table, ports),
    table.stream === undefined ? [] : readTriggers(table.stream.arn, ports.streamConsumers, noted),
  ]);
  return { ...settings, eventSourceMappings, notCaptured: [...settings.notCaptured, ...noted.notCaptured] };
}
