import { isRefilled } from '../shared/core/refill.ts';
import { isTransient } from '../shared/errors/tandem-error.ts';
import type { Ledger } from '../shared/steps/ledger.ts';
import {
  backupRunPart,
  indexRestorePart,
  indexSnapshotPart,
  refillsPart,
  restoreRunPart,
  tableBackupsPart,
  tableRestoresPart,
} from '../shared/steps/ledger.ts';
import type { WorkflowName } from './workflow.ts';

/** How many of something are done, of all. */
export interface Share {
  done: number;
  all: number;
}

/** How far a run is, by what its steps wrote into the ledger. A side that the run does not have is undefined. */
export interface Progress {
  tables: Share | undefined;
  shards: Share | undefined;
  /** Why something cannot be started yet. */
  waitingFor: string | undefined;
}

export const noProgress: Progress = { tables: undefined, shards: undefined, waitingFor: undefined };

/** Reads how far a run is, or undefined where that cannot be seen at the moment. */
export async function readProgress(workflow: WorkflowName, ledger: Ledger): Promise<Progress | undefined> {
  try {
    return workflow === 'backup' ? await backupProgress(ledger) : await restoreProgress(ledger);
  } catch (error) {
    if (isTransient(error)) return undefined;
    throw error;
  }
}

async function backupProgress(ledger: Ledger): Promise<Progress> {
  const run = await ledger.read(backupRunPart);
  if (run === undefined) return noProgress;
  const backups = [...((await ledger.read(tableBackupsPart))?.value.values() ?? [])];
  const snapshot = run.value.search === null ? undefined : (await ledger.read(indexSnapshotPart))?.value;
  const available = backups.filter((backup) => backup.status === 'AVAILABLE').length;
  return {
    tables: share(available, run.value.tables.length),
    shards: snapshot && share(snapshot.shardsDone, snapshot.shardsTotal),
    waitingFor: backups.find((backup) => backup.waitingFor !== undefined)?.waitingFor,
  };
}

async function restoreProgress(ledger: Ledger): Promise<Progress> {
  const run = await ledger.read(restoreRunPart);
  if (run === undefined) return noProgress;
  const { tables, indices } = run.value.restorePlan;
  const restores = (await ledger.read(tableRestoresPart))?.value;
  const refills = tables.some(isRefilled) ? (await ledger.read(refillsPart))?.value : undefined;
  const recovery = indices.length === 0 ? undefined : (await ledger.read(indexRestorePart))?.value;
  const restored = tables.filter(
    (table) =>
      restores?.get(table.name)?.status === 'DONE' && (!isRefilled(table) || refills?.get(table.name)?.done === true),
  );
  return {
    tables: share(restored.length, tables.length),
    shards: recovery && share(recovery.shardsDone, recovery.shardsTotal),
    waitingFor: [...(restores?.values() ?? [])].find((restore) => restore.waitingFor !== undefined)?.waitingFor,
  };
}

function share(done: number, all: number): Share | undefined {
  return all === 0 ? undefined : { done, all };
}
