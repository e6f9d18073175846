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
  const [own, eventSourceMappings, scaling] = await Promise.all([
    ports.tables.ownSettings(table),
    table.stream === undefined ? [] : ports.streamConsumers.list(table.stream.arn),
    captureScaling(table, ports.scaling),
  ]);
  return {
    ...own,
    ...(table.stream && { stream: { viewType: table.stream.viewType } }),
    ...(table.encryption && { encryption: table.encryption }),
    deletionProtection: table.deletionProtection,
    tableClass: table.tableClass,
    eventSourceMappings,
    scaling: scaling.targets,
    notCaptured: [...own.notCaptured, ...scaling.notCaptured],
  };
}

type CapturedScaling = { targets: TableSettings['scaling']; notCaptured: TableSettings['notCaptured'] };

/** Only provisioned throughput is scaled. An emulator without the service is noted, and does not stop a backup. */
async function captureScaling(table: TableDescription, scaling: Scaling): Promise<CapturedScaling> {
  if (table.shape.billingMode !== 'PROVISIONED') return { targets: [], notCaptured: [] };
  try {
    const indexes = table.shape.globalIndexes.map((index) => index.name);
    return { targets: await scaling.describe(table.name, indexes), notCaptured: [] };
  } catch (error) {
    if (!hasCode(error, 'SERVICE_NOT_OFFERED')) throw error;
    return { targets: [], notCaptured: [{ setting: 'scaling', why: error.message }] };
  }
}
