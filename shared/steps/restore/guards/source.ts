import type { Manifest, SearchRecord, TableRecord } from '../../../contracts/manifest.ts';
import { few } from '../../../core/deadline.ts';
import { unreadableIndices } from '../../../core/engine-compatibility.ts';
import { snapshotProblems } from '../../../core/snapshot-verdict.ts';
import { TandemError } from '../../../errors/tandem-error.ts';
import type { SearchDomain } from '../../../ports/search-domain.ts';
import type { TableBackups } from '../../../ports/table-backups.ts';
import { gather, type Verdict } from './verdict.ts';

/**
 * Whether what the parts would be restored from is there and good: each table backup AVAILABLE; the snapshot there, whole,
 * the very one that was recorded, and of versions that the engine can read. The manifest proved itself when it was read.
 *
 * Finds BACKUP_NOT_FOUND, BACKUP_NOT_AVAILABLE, REPOSITORY_NOT_FOUND, SNAPSHOT_NOT_FOUND, SNAPSHOT_CHANGED,
 * SNAPSHOT_PARTIAL, ENGINE_TOO_OLD.
 */
export function sourceGuard(
  { tables, search }: Manifest,
  parts: { tables: string[]; indices: string[] },
  domain: SearchDomain | null,
  { backups }: { backups: TableBackups },
): Promise<Verdict> {
  const records = tables.filter(({ name }) => parts.tables.includes(name));
  const indices = (search?.indices ?? []).filter(({ name }) => parts.indices.includes(name));
  return gather([
    async () => ({ problems: await backupProblems(records, backups), remarks: [] }),
    ...(search === null || domain === null || indices.length === 0
      ? []
      : [
          async () => ({
            problems: await snapshotsProblems(
              search,
              indices.map(({ name }) => name),
              domain,
            ),
            remarks: [],
          }),
          async () => ({ problems: await engineProblems(indices, domain), remarks: [] }),
        ]),
  ]);
}

async function backupProblems(tables: TableRecord[], backups: TableBackups): Promise<TandemError[]> {
  const looked = await Promise.all(
    tables.map(async (table) => ({ table, status: (await backups.describe(table.backupArn))?.status ?? 'DELETED' })),
  );
  const gone = looked.filter(({ status }) => status === 'DELETED').map(({ table }) => table);
  const unfinished = looked.filter(({ status }) => status === 'CREATING').map(({ table }) => table);
  const list = (records: TableRecord[]) => records.map(({ name, backupArn }) => `${name} (${backupArn})`).join(', ');
  return [
    ...(gone.length === 0
      ? []
      : [new TandemError('BACKUP_NOT_FOUND', `The backups of these tables are gone: ${list(gone)}.`)]),
    ...(unfinished.length === 0
      ? []
      : [new TandemError('BACKUP_NOT_AVAILABLE', `The backups of these tables are CREATING: ${list(unfinished)}.`)]),
  ];
}

async function snapshotsProblems(
  { repository, snapshot: recorded }: SearchRecord,
  indices: string[],
  { snapshots }: SearchDomain,
): Promise<TandemError[]> {
  const snapshot = await snapshots.get(repository.name, recorded.name);
  if (snapshot === undefined) {
    const message = `Snapshot ${recorded.name} is gone from repository ${repository.name}.`;
    return [new TandemError('SNAPSHOT_NOT_FOUND', message)];
  }
  if (snapshot.uuid !== recorded.uuid) {
    const message = `Snapshot ${recorded.name} is not the one that was recorded: its uuid is ${snapshot.uuid}, not ${recorded.uuid}.`;
    return [new TandemError('SNAPSHOT_CHANGED', message)];
  }
  const problems = snapshotProblems(snapshot, indices);
  if (problems.length === 0) return [];
  return [new TandemError('SNAPSHOT_PARTIAL', `Snapshot ${recorded.name} is not whole: ${problems.join('; ')}.`)];
}

async function engineProblems(indices: SearchRecord['indices'], domain: SearchDomain): Promise<TandemError[]> {
  const engine = await domain.indices.engine();
  const unreadable = unreadableIndices(engine, indices);
  if (unreadable.length === 0) return [];
  const versions = few(unreadable.map((index) => `${index.name} (${index.createdVersion})`));
  return [new TandemError('ENGINE_TOO_OLD', `${engine.distribution} ${engine.version} cannot read ${versions}.`)];
}
