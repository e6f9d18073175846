import type { Manifest, SearchRecord, TableRecord } from '../../shared/contracts/manifest.ts';
import type { TableSettings } from '../../shared/contracts/table-settings.ts';
import { sealManifest } from '../../shared/core/manifest.ts';
import { shapeOf } from './table-spec.ts';

/** The settings of a table for which nobody set anything. */
export const plainSettings: TableSettings = {
  tags: {},
  deletionProtection: false,
  tableClass: 'STANDARD',
  scaling: [],
  eventSourceMappings: [],
  notCaptured: [],
};

export function tableRecord(record: Partial<TableRecord> = {}): TableRecord {
  const name = record.name ?? 'app-orders';
  const arn = `arn:aws:dynamodb:eu-west-1:111122223333:table/${name}`;
  return {
    name,
    arn,
    tableId: `id-of-${name}`,
    backupArn: `${arn}/backup/01`,
    backupName: 'tandem-app-20261122-020000',
    backupCreatedAt: '2026-11-22T02:00:01.000Z',
    items: 3,
    bytes: 300,
    shape: shapeOf({ name }),
    settings: plainSettings,
    ...record,
  };
}

type SearchIndexRecord = SearchRecord['indices'][number];

export function indexRecord(record: Partial<SearchIndexRecord> = {}): SearchIndexRecord {
  const name = record.name ?? 'app-orders';
  const documents = record.documents === undefined ? 3 : record.documents;
  return {
    name,
    uuid: `uuid-of-${name}`,
    open: true,
    documents,
    documentsAfter: documents,
    bytes: 300,
    primaries: 1,
    replicas: 1,
    createdVersion: '3.8.0',
    aliases: {},
    ...record,
  };
}

export function searchRecord(indices: SearchIndexRecord[]): SearchRecord {
  return {
    endpoint: 'https://search.example.com',
    engine: { distribution: 'opensearch', version: '3.8.0' },
    repository: { name: 'tandem', bucket: 'snapshots', basePath: 'app' },
    snapshot: {
      name: 'tandem-app-20261122-020000',
      uuid: 'uuid-of-snapshot',
      startedAt: '2026-11-22T02:00:02.000Z',
      completedAt: '2026-11-22T02:01:00.000Z',
      shards: indices.length,
    },
    indices,
  };
}

/** A sealed manifest; what is given stands in for the parts of a small plan with a table and an index. */
export function sampleManifest(parts: Partial<Manifest> = {}): Manifest {
  const { hash: _, ...unsealed }: Partial<Manifest> = parts;
  return sealManifest({
    schemaVersion: 1,
    recoveryPoint: 'app-20261122-020000',
    plan: 'app',
    startedAt: '2026-11-22T02:00:00.000Z',
    completedAt: '2026-11-22T02:01:05.000Z',
    windows: { tables: null, search: null },
    skewSeconds: 59,
    tables: [tableRecord()],
    search: searchRecord([indexRecord()]),
    warnings: [],
    ...unsealed,
  });
}
