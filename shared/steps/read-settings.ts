import type { TableSettings } from '../contracts/table-settings.ts';
import { hasCode } from '../errors/tandem-error.ts';
import type { ContributorInsights } from '../ports/contributor-insights.ts';
import type { KinesisDestinations } from '../ports/kinesis-destinations.ts';
import type { Scaling } from '../ports/scaling.ts';
import type { TableDescription, Tables } from '../ports/tables.ts';

export interface ReadSettingsPorts {
  tables: Tables;
  contributorInsights: ContributorInsights;
  kinesisDestinations: KinesisDestinations;
  scaling: Scaling;
}

/** What is read with a call of its own, which a restore makes only where there is something to compare with. */
export type OwnReading = 'contributorInsights' | 'kinesisDestinations' | 'scaling';

/**
 * The settings of a table as they are now, in the words of the manifest.
 *
 * @param isNeeded what is not needed counts as empty
 * @throws TandemError TABLE_NOT_FOUND
 */
export async function readSettings(
  table: TableDescription,
  ports: ReadSettingsPorts,
  isNeeded: (reading: OwnReading) => boolean = () => true,
): Promise<Omit<TableSettings, 'eventSourceMappings'>> {
  const noted = new Readings();
  const read = <T>(setting: OwnReading, reading: () => Promise<T[]>): Promise<T[]> =>
    isNeeded(setting) ? noted.offered(setting, [], reading()) : Promise.resolve([]);
  const indexes = table.shape.globalIndexes.map((index) => index.name);
  const [own, contributorInsights, kinesisDestinations, scaling] = await Promise.all([
    ports.tables.ownSettings(table),
    read('contributorInsights', () => ports.contributorInsights.list(table.name)),
    read('kinesisDestinations', () => ports.kinesisDestinations.list(table.name)),
    // Of tables paid by request too: targets outlive a change of the billing mode, and count again after the next one.
    read('scaling', () => ports.scaling.describe(table.name, indexes)),
  ]);
  return {
    ...own,
    ...(table.stream && { stream: { viewType: table.stream.viewType } }),
    ...(table.encryption && { encryption: table.encryption }),
    deletionProtection: table.deletionProtection,
    tableClass: table.tableClass,
    warmThroughput: table.warmThroughput,
    ...(table.replicas.length > 0 && { replicas: table.replicas }),
    contributorInsights,
    kinesisDestinations,
    scaling,
    notCaptured: [...own.notCaptured, ...noted.notCaptured],
  };
}

/** Takes readings, and notes which the endpoint does not offer: an emulator that lacks a service stops nothing. */
export class Readings {
  readonly notCaptured: TableSettings['notCaptured'] = [];

  async offered<T>(setting: string, otherwise: T, reading: Promise<T>): Promise<T> {
    try {
      return await reading;
    } catch (error) {
      if (!hasCode(error, 'SERVICE_NOT_OFFERED')) throw error;
      if (!this.notCaptured.some((noted) => noted.setting === setting)) {
        this.notCaptured.push({ setting, why: error.message });
      }
      return otherwise;
    }
  }
}
