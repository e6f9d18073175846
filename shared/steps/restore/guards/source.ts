import type { SearchRecord, TableRecord } from '../../../contracts/manifest.ts';
import type { SearchPlan } from '../../../contracts/plan-file.ts';
import type { RestoreSource, SourceTable } from '../../../contracts/restore-source.ts';
import { few } from '../../../core/deadline.ts';
import { unreadableIndices } from '../../../core/engine-compatibility.ts';
import { snapshotProblems } from '../../../core/snapshot-verdict.ts';
import { hasCode, TandemError } from '../../../errors/tandem-error.ts';
import type { SearchDomain } from '../../../ports/search-domain.ts';
import type { TableBackups } from '../../../ports/table-backups.ts';
import type { Tables } from '../../../ports/tables.ts';
import { readerProblems } from './reader.ts';
import { gather, type Verdict } from './verdict.ts';

interface SourcePorts {
  tables: Pick<Tables, 'restorableWindow'>;
  backups: TableBackups;
}

/**
 * Whether what the parts would be restored from is there and good: each table backup AVAILABLE, or each table there with a
 * point-in-time recovery that reaches to the moment; the snapshot there, whole, the very one that was recorded, and of
 * versions that the engine can read. The manifest proved itself when it was read.
 *
 * Finds BACKUP_NOT_FOUND, BACKUP_NOT_AVAILABLE, POINT_IN_TIME_OUT_OF_REACH, REPOSITORY_NOT_FOUND, SNAPSHOT_NOT_FOUND,
 * SNAPSHOT_CHANGED, SNAPSHOT_PARTIAL, ENGINE_TOO_OLD, and of another domain than the plan's what readerProblems finds.
 *
 * @param reader that other domain
 */
export function sourceGuard(
  { plan, tables, search, origin }: RestoreSource,
  parts: { tables: string[]; indices: string[] },
  domain: SearchDomain | null,
  ports: SourcePorts,
  reader?: SearchPlan,
): Promise<Verdict> {
  const records = tables.filter(({ name }) => parts.tables.includes(name));
  const indices = (search?.indices ?? []).filter(({ name }) => parts.indices.includes(name));
  return gather([
    async () => ({ problems: await backupProblems(records.filter(hasBackup), ports.backups), remarks: [] }),
    async () => ({ problems: await windowProblems(records, ports.tables), remarks: [] }),
    ...(search === null || domain === null || indices.length === 0
      ? []
      : [
          async () => {
            const names = indices.map(({ name }) => name);
            const unfit =
              reader === undefined ? [] : await readerProblems(plan, reader, search.repository.name, domain);
            const isForeign = origin?.kind === 'snapshot';
            const problems = unfit.length > 0 ? unfit : await snapshotsProblems(search, names, domain, isForeign);
            return { problems, remarks: [] };
          },
          async () => ({ problems: await engineProblems(indices, domain), remarks: [] }),
        ]),
  ]);
}

function hasBackup(table: SourceTable): table is TableRecord {
  return !('pointInTime' in table);
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

/** Each table that cannot be restored to its moment, with why; all of them in one problem. */
async function windowProblems(records: SourceTable[], tables: SourcePorts['tables']): Promise<TandemError[]> {
  const looked = await Promise.all(
    records.map(async (table) => ('pointInTime' in table ? reach(table.name, table.pointInTime, tables) : undefined)),
  );
  const problems = looked.filter((why) => why !== undefined);
  if (problems.length === 0) return [];
  const [moment] = records.flatMap((table) => ('pointInTime' in table ? table.pointInTime : []));
  return [new TandemError('POINT_IN_TIME_OUT_OF_REACH', `Cannot be restored to ${moment}: ${problems.join('; ')}.`)];
}

/** @returns why a table cannot be restored to a moment */
async function reach(name: string, moment: string, tables: SourcePorts['tables']): Promise<string | undefined> {
  try {
    const window = await tables.restorableWindow(name);
    if (window === undefined) return `table ${name} has no point-in-time recovery`;
    const at = Date.parse(moment);
    if (at >= window.from.getTime() && at <= window.to.getTime()) return undefined;
    return `table ${name} can be from ${window.from.toISOString()} to ${window.to.toISOString()}`;
  } catch (error) {
    if (hasCode(error, 'TABLE_NOT_FOUND')) return `table ${name} does not exist any more`;
    throw error;
  }
}

async function snapshotsProblems(
  { repository, snapshot: recorded }: SearchRecord,
  indices: string[],
  { snapshots }: SearchDomain,
  isForeign: boolean,
): Promise<TandemError[]> {
  const options = isForeign
    ? { remedy: `Choose another snapshot: npx tandem list --repository ${repository.name}` }
    : {};
  const snapshot = await snapshots.get(repository.name, recorded.name);
  if (snapshot === undefined) {
    const message = `Snapshot ${recorded.name} is gone from repository ${repository.name}.`;
    return [new TandemError('SNAPSHOT_NOT_FOUND', message, options)];
  }
  if (snapshot.uuid !== recorded.uuid) {
    const message = `Snapshot ${recorded.name} is not the one that was recorded: its uuid is ${snapshot.uuid}, not ${recorded.uuid}.`;
    return [new TandemError('SNAPSHOT_CHANGED', message, options)];
  }
  const problems = snapshotProblems(snapshot, indices);
  if (problems.length === 0) return [];
  const message = `Snapshot ${recorded.name} is not whole: ${problems.join('; ')}.`;
  return [new TandemError('SNAPSHOT_PARTIAL', message, options)];
}

async function engineProblems(indices: SearchRecord['indices'], domain: SearchDomain): Promise<TandemError[]> {
  const engine = await domain.indices.engine();
  const unreadable = unreadableIndices(engine, indices);
  if (unreadable.length === 0) return [];
  const versions = few(unreadable.map((index) => `${index.name} (${index.createdVersion})`));
  return [new TandemError('ENGINE_TOO_OLD', `${engine.distribution} ${engine.version} cannot read ${versions}.`)];
}
