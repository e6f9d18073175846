import type { Manifest, SearchRecord } from '../../contracts/manifest.ts';
import { few } from '../../core/deadline.ts';
import { unreadableIndices } from '../../core/engine-compatibility.ts';
import { tableBackupName } from '../../core/names.ts';
import type { Parts } from '../../core/restore-plan.ts';
import { snapshotProblems } from '../../core/snapshot-verdict.ts';
import { TandemError } from '../../errors/tandem-error.ts';
import type { Clock } from '../../ports/clock.ts';
import type { SearchDomain } from '../../ports/search-domain.ts';
import type { TableBackups } from '../../ports/table-backups.ts';
import type { PresentState } from './present.ts';
import { type OwnSafetyPoint, ofOthers } from './safety-point.ts';

/** No table backup takes longer than this: what was started before is not running any more. */
const longestBackupMilliseconds = 24 * 60 * 60_000;

/**
 * What the parts would be restored from is there and good: each table backup AVAILABLE; the snapshot there, complete, the
 * very one that was recorded, and of versions that the engine can read. The manifest proved itself when it was read.
 *
 * @throws TandemError BACKUP_NOT_FOUND, BACKUP_NOT_AVAILABLE, REPOSITORY_NOT_FOUND, SNAPSHOT_NOT_FOUND, SNAPSHOT_CHANGED, ENGINE_TOO_OLD
 */
export async function assertSourceIsGood(
  manifest: Manifest,
  parts: Parts,
  domain: SearchDomain | null,
  ports: { backups: TableBackups },
): Promise<void> {
  await Promise.all(
    manifest.tables
      .filter((table) => parts.tables.includes(table.name))
      .map((table) => assertBackupAvailable(table, ports.backups)),
  );
  if (manifest.search === null || domain === null) return;
  const recorded = manifest.search.indices.map(({ name }) => name).filter((name) => parts.indices.includes(name));
  if (recorded.length > 0) await assertSnapshotGood(manifest.search, recorded, domain);
}

async function assertBackupAvailable(table: { name: string; backupArn: string }, backups: TableBackups): Promise<void> {
  const backup = await backups.describe(table.backupArn);
  if (backup === undefined || backup.status === 'DELETED') {
    throw new TandemError('BACKUP_NOT_FOUND', `The backup of table ${table.name} is gone (${table.backupArn}).`);
  }
  if (backup.status === 'AVAILABLE') return;
  throw new TandemError('BACKUP_NOT_AVAILABLE', `The backup of table ${table.name} is ${backup.status}.`);
}

async function assertSnapshotGood(search: SearchRecord, indices: string[], domain: SearchDomain): Promise<void> {
  const { repository, snapshot: recorded } = search;
  const snapshot = await domain.snapshots.get(repository.name, recorded.name);
  if (snapshot === undefined) {
    throw new TandemError(
      'SNAPSHOT_NOT_FOUND',
      `Snapshot ${recorded.name} is gone from repository ${repository.name}.`,
    );
  }
  if (snapshot.uuid !== recorded.uuid) {
    const message = `Snapshot ${recorded.name} is not the one that was recorded: its uuid is ${snapshot.uuid}, not ${recorded.uuid}.`;
    throw new TandemError('SNAPSHOT_CHANGED', message);
  }
  const problems = snapshotProblems(snapshot, indices);
  if (problems.length > 0) {
    throw new TandemError('SNAPSHOT_CHANGED', `Snapshot ${recorded.name} is not complete: ${problems.join('; ')}.`);
  }
  const engine = await domain.indices.engine();
  const unreadable = unreadableIndices(
    engine,
    search.indices.filter((index) => indices.includes(index.name)),
  );
  if (unreadable.length === 0) return;
  const versions = few(unreadable.map((index) => `${index.name} (${index.createdVersion})`));
  throw new TandemError('ENGINE_TOO_OLD', `${engine.distribution} ${engine.version} cannot read ${versions}.`);
}

/**
 * No index has a block that its deletion would fail at.
 *
 * @throws TandemError INDEX_PROTECTED
 */
export async function assertDeletable(indices: string[], domain: SearchDomain | null): Promise<void> {
  const undeletable = (await domain?.indices.undeletable()) ?? [];
  const wanted = undeletable.filter((index) => indices.includes(index));
  if (wanted.length > 0) throw new TandemError('INDEX_PROTECTED', `Cannot be deleted: ${few(wanted)}.`);
}

/**
 * Nothing is going on that a restore would collide with. What its own safety point is at, or what the restore that it
 * undoes has left, is waited for instead.
 *
 * @throws TandemError OPERATION_IN_THE_WAY, GLOBAL_TABLE, ALIAS_CLASH
 */
export async function assertNothingInTheWay(
  present: PresentState,
  tables: string[],
  domain: SearchDomain | null,
  own: OwnSafetyPoint,
  ports: { backups: TableBackups; clock: Clock },
): Promise<void> {
  const busy = own.undoes ? [] : present.descriptions.filter((table) => table.status !== 'ACTIVE');
  if (busy.length > 0) {
    const states = few(busy.map((table) => `table ${table.name} is ${table.status}`));
    throw new TandemError('OPERATION_IN_THE_WAY', `Not now: ${states}.`);
  }
  const global = present.descriptions.filter((table) => table.globalTable);
  if (global.length > 0) {
    throw new TandemError('GLOBAL_TABLE', `Global tables: ${few(global.map((table) => table.name))}.`);
  }
  if (present.aliasClashes.length > 0) throw new TandemError('ALIAS_CLASH', `${present.aliasClashes.join('; ')}.`);
  if (tables.length > 0) await assertNoRunningBackup(tables, own, ports);
  const running = ofOthers((await domain?.snapshots.running()) ?? [], own);
  if (running.length === 0) return;
  throw new TandemError('OPERATION_IN_THE_WAY', `Not now: snapshot ${few(running)} is running.`);
}

async function assertNoRunningBackup(
  tables: string[],
  own: OwnSafetyPoint,
  { backups, clock }: { backups: TableBackups; clock: Clock },
): Promise<void> {
  const since = new Date(clock.now().getTime() - longestBackupMilliseconds);
  for await (const page of backups.list({ since })) {
    const running = page.find(
      ({ status, table, name }) => status === 'CREATING' && tables.includes(table) && name !== tableBackupName(own.run),
    );
    if (running === undefined) continue;
    throw new TandemError('OPERATION_IN_THE_WAY', `Not now: table ${running.table} is being backed up.`);
  }
}
