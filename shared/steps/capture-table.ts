import type { CapturedTable } from '../contracts/ledger.ts';
import type { TableSettings } from '../contracts/table-settings.ts';
import { hasCode, TandemError } from '../errors/tandem-error.ts';
import type { Scaling } from '../ports/scaling.ts';
import type { StreamConsumers } from '../ports/stream-consumers.ts';
import type { TableDescription, Tables } from '../ports/tables.ts';

export interface CapturePorts {
  tables: Tables;
  streamConsumers: StreamConsumers;
  scaling: Scaling;
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
  const notCaptured: TableSettings['notCaptured'] = [];
  const offered: Offered = async (setting, otherwise, reading) => {
    try {
      return await reading;
    } catch (error) {
      if (!hasCode(error, 'SERVICE_NOT_OFFERED')) throw error;
      if (!notCaptured.some((noted) => noted.setting === setting)) notCaptured.push({ setting, why: error.message });
      return otherwise;
    }
  };
  const indexes = table.shape.globalIndexes.map((index) => index.name);
  const [own, eventSourceMappings, scaling] = await Promise.all([
    ports.tables.ownSettings(table),
    captureTriggers(table, ports.streamConsumers, offered),
    // Of tables paid by request too: targets outlive a change of the billing mode, and count again after the next one.
    offered('scaling', [], ports.scaling.describe(table.name, indexes)),
  ]);
  return {
    ...own,
    ...(table.stream && { stream: { viewType: table.stream.viewType } }),
    ...(table.encryption && { encryption: table.encryption }),
    deletionProtection: table.deletionProtection,
    tableClass: table.tableClass,
    eventSourceMappings,
    scaling,
    notCaptured: [...own.notCaptured, ...notCaptured],
  };
}

/** Takes a reading, or notes that the endpoint does not offer it: an emulator that lacks a service does not stop a backup. */
type Offered = <T>(setting: string, otherwise: T, reading: Promise<T>) => Promise<T>;

async function captureTriggers(
  { stream }: TableDescription,
  consumers: StreamConsumers,
  offered: Offered,
): Promise<TableSettings['eventSourceMappings']> {
  if (stream === undefined) return [];
  const mappings = await offered('eventSourceMappings', [], consumers.list(stream.arn));
  return Promise.all(
    mappings.map(async (mapping) => {
      const { arn } = mapping;
      const tags = arn && (await offered('eventSourceMappings.tags', undefined, consumers.tags(arn)));
      return { ...mapping, ...(tags && { tags }) };
    }),
  );
}
