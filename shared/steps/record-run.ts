import type { BackupRun, IndexSnapshot } from '../contracts/ledger/backup-run.ts';
import type { Manifest, SearchRecord, TableRecord } from '../contracts/manifest.ts';
import { few } from '../core/deadline.ts';
import { sealManifest, searchWindow, skewSeconds, tablesWindow } from '../core/manifest.ts';
import { tableBackupName } from '../core/names.ts';
import { snapshotProblems } from '../core/snapshot-verdict.ts';
import { TandemError } from '../errors/tandem-error.ts';
import type { Clock } from '../ports/clock.ts';
import type { ObjectStore, OpenCatalog } from '../ports/object-store.ts';
import type { ConnectSearch } from '../ports/search-domain.ts';
import type { TableBackups } from '../ports/table-backups.ts';
import {
  backupRunPart,
  capturedTablesPart,
  indexSnapshotPart,
  type Ledger,
  openLedger,
  tableBackupsPart,
} from './ledger.ts';
import { recordedBy, recordManifest } from './recovery-points.ts';
import { backupsOfRun, forgetBackups } from './run-backups.ts';

export interface RecordRunPorts {
  openCatalog: OpenCatalog;
  backups: TableBackups;
  connectSearch: ConnectSearch;
  clock: Clock;
}

/**
 * Writes the manifest of a run, last and once, after every part was looked at once more: from then on there is a recovery
 * point. Of a run that has written one already it is that one.
 *
 * @throws TandemError BACKUP_VANISHED, SNAPSHOT_VANISHED, SNAPSHOT_INCOMPLETE
 */
export async function recordRun(
  { catalog, plan, run }: { catalog: string; plan: string; run: string },
  ports: RecordRunPorts,
): Promise<Manifest> {
  const store = ports.openCatalog(catalog);
  return (await recordedBy(store, plan, run)) ?? (await record(openLedger(store, plan, run), store, ports));
}

async function record(ledger: Ledger, store: ObjectStore, ports: RecordRunPorts): Promise<Manifest> {
  const run = (await ledger.get(backupRunPart)).value;
  const tables = run.tables.length === 0 ? [] : await tableRecords(run, ledger, ports.backups);
  const search = run.search && (await searchRecord(run.search, (await ledger.get(indexSnapshotPart)).value, ports));
  const windows = { tables: tablesWindow(tables), search: searchWindow(search) };
  const manifest = sealManifest({
    schemaVersion: 1,
    recoveryPoint: run.run,
    plan: run.plan,
    startedAt: run.startedAt,
    completedAt: ports.clock.now().toISOString(),
    windows,
    skewSeconds: skewSeconds(windows.tables, windows.search),
    tables,
    search,
    warnings: [...run.warnings, ...warningsOf(tables, search)],
    ...(run.safetyOf !== undefined && { safetyOf: run.safetyOf, absent: run.absent }),
  });
  if (await recordManifest(store, manifest)) return manifest;
  throw new TandemError('LEDGER_CHANGED', `The manifest of run ${run.run} was written by somebody else meanwhile.`);
}

/** @throws TandemError BACKUP_VANISHED where a backup is not there, and AVAILABLE, at this very moment */
async function tableRecords(run: BackupRun, ledger: Ledger, backups: TableBackups): Promise<TableRecord[]> {
  const known = (await ledger.get(tableBackupsPart)).value;
  const captured = (await ledger.get(capturedTablesPart)).value;
  const available = (await backupsOfRun(backups, run)).filter((backup) => backup.status === 'AVAILABLE');
  const byArn = new Map(available.map((backup) => [backup.arn, backup]));
  const records = run.tables.map((name) => {
    const backup = byArn.get(known.get(name)?.backupArn ?? '');
    const table = captured.get(name);
    if (backup === undefined || table === undefined) return name;
    // Made again in between, the table whose settings were captured is not the one in the backup.
    if (backup.tableId !== undefined && backup.tableId !== table.tableId) return name;
    const { arn: backupArn, bytes } = backup;
    const backupCreatedAt = backup.createdAt.toISOString();
    return { ...table, name, backupArn, backupName: tableBackupName(run.run), backupCreatedAt, bytes };
  });
  const missing = records.filter((record) => typeof record === 'string');
  if (missing.length === 0) return records.filter((record) => typeof record !== 'string');
  await forgetBackups(missing, ledger);
  throw new TandemError('BACKUP_VANISHED', `No AVAILABLE backup of this run for ${few(missing)}.`);
}

async function searchRecord(
  search: NonNullable<BackupRun['search']>,
  known: IndexSnapshot,
  ports: RecordRunPorts,
): Promise<SearchRecord> {
  const { name, uuid, completed } = known;
  const snapshot = await ports.connectSearch(search).snapshots.get(search.repository.name, name ?? '');
  if (snapshot === undefined || snapshot.uuid !== uuid || completed === undefined) {
    throw new TandemError('SNAPSHOT_VANISHED', `Snapshot ${name} of this run is not there any more.`);
  }
  const problems = snapshotProblems(snapshot, search.indices);
  if (problems.length > 0) {
    throw new TandemError('SNAPSHOT_INCOMPLETE', `Snapshot ${name} is not complete: ${problems.join('; ')}.`);
  }
  const { startedAt, completedAt, shards, documentsAfter } = completed;
  const { bucket, basePath } = search.repository;
  return {
    endpoint: search.endpoint,
    engine: search.engine,
    repository: { name: search.repository.name, bucket, basePath },
    snapshot: { name: snapshot.name, uuid: snapshot.uuid, startedAt, completedAt, shards },
    indices: known.indices.map((index) => ({ ...index, documentsAfter: documentsAfter.get(index.name) ?? null })),
  };
}

function warningsOf(tables: TableRecord[], search: SearchRecord | null): string[] {
  const notCaptured = tables.flatMap((table) =>
    table.settings.notCaptured.map(({ setting, why }) => `${table.name}: ${setting} could not be captured: ${why}`),
  );
  const written = (search?.indices ?? [])
    .filter((index) => index.documents !== index.documentsAfter)
    .map(
      (index) => `${index.name}: was being written: ${index.documents} documents before, ${index.documentsAfter} after`,
    );
  return [...notCaptured, ...written, ...uncapturedDefinitions(search?.indices ?? [])];
}

function uncapturedDefinitions(indices: SearchRecord['indices']): string[] {
  const uncaptured = indices.flatMap(({ name, definition }) =>
    definition !== undefined && 'notCaptured' in definition ? [{ name, why: definition.notCaptured }] : [],
  );
  return [...Map.groupBy(uncaptured, ({ why }) => why)].map(
    ([why, alike]) =>
      `${few(alike.map(({ name }) => name))}: settings and mappings could not be captured, and are not compared after a restore: ${why}`,
  );
}
