import type { TableRestore } from '../../contracts/ledger/restores.ts';
import type { TableFacts } from '../../contracts/manifest.ts';
import type { TableToRestore } from '../../contracts/restore-plan.ts';
import { isRefilled } from '../../core/refill.ts';
import type { TableMove } from '../../core/table-restore.ts';
import { isRefusal, isTransient, TandemError } from '../../errors/tandem-error.ts';
import type { TableBackups } from '../../ports/table-backups.ts';
import type { TableDescription } from '../../ports/tables.ts';
import { type SettleTablePorts, settleTable } from './settle-table.ts';

export interface MoveTablePorts extends SettleTablePorts {
  backups: TableBackups;
}

/** One table of a restore, as it is found, and what is to be done next for it. */
export interface TableJob {
  table: TableToRestore;
  /** The name that its backup is restored under. */
  place: string;
  /** As it is to be, under its name or another one; undefined of a table that is to be removed. */
  record: TableFacts | undefined;
  /** What is there now. */
  present: TableDescription | undefined;
  /** What gets the settings: the same, but for a table that is refilled, and for one that is to have none of them. */
  toSettle: TableDescription | 'NOTHING' | undefined;
  move: TableMove;
  /** What the ledger said before this move, and what it says while the move is made. */
  before: TableRestore;
  asked: TableRestore;
}

/** What came of a move: what the ledger keeps of it, and the failure that ends the run. */
export interface MovedTable {
  restore: TableRestore;
  failure?: unknown;
}

/** Makes one move. What DynamoDB does not allow yet leaves the table where it is, with the reason. */
export async function moveTable(job: TableJob, ports: MoveTablePorts): Promise<MovedTable> {
  const { waitingFor: _, failure: __, ...asked } = job.asked;
  try {
    return { restore: await perform({ ...job, asked }, ports) };
  } catch (error) {
    // Refused, a request has made nothing; what an earlier one may have made is not known still.
    const restore = isRefusal(error) ? { ...asked, askedAt: job.before.askedAt } : asked;
    if (isTransient(error)) return { restore: { ...restore, waitingFor: error.message } };
    return { restore: { ...restore, failure: String(error) }, failure: error };
  }
}

async function perform(job: TableJob, ports: MoveTablePorts): Promise<TableRestore> {
  const { tables, backups } = ports;
  const { table, place, toSettle, move, asked } = job;
  switch (move) {
    case 'UNPROTECT':
      await tables.setDeletionProtection(table.name, false);
      return { ...asked, unprotected: true };
    case 'DELETE':
      await tables.delete(table.name);
      return { status: asked.status, oldTriggers: asked.oldTriggers };
    case 'RESTORE':
      return {
        status: asked.status,
        oldTriggers: asked.oldTriggers,
        newTableId: await restore(job, backups),
      };
    case 'LEAVE':
      return { status: 'DONE' };
    case 'SETTLE': {
      if (toSettle === 'NOTHING') return { ...asked, status: 'DONE' };
      if (isRefilled(table) && toSettle?.tableId !== table.currentId) {
        throw new TandemError('TABLE_CHANGED', `Table ${table.name} is not the one any more that the plan refills.`);
      }
      if (toSettle === undefined) return asked;
      const { isDone, ...settling } = await settleTable(recordOf(job), toSettle, asked, ports);
      return { ...asked, ...settling, ...(isDone && { status: 'DONE' }) };
    }
    case 'PROTECTED': {
      const message = `Deletion protection of table ${table.name} was switched on after its replacement was confirmed.`;
      throw new TandemError('TABLE_PROTECTED', message);
    }
    case 'FOREIGN': {
      const message = `Table ${place} exists now and is neither the one that the plan replaces nor the restored one.`;
      throw new TandemError('TABLE_FOREIGN', message);
    }
    case 'WAIT':
      return asked;
  }
}

function restore(job: TableJob, backups: TableBackups): Promise<string> {
  const { table, place } = job;
  const { encryption } = recordOf(job).settings;
  if (table.pointInTime !== undefined) {
    return backups.restoreToPointInTime(table.name, new Date(table.pointInTime.at), place, encryption);
  }
  if (table.backupArn !== null) return backups.restore(table.backupArn, place, encryption);
  throw new TandemError('USAGE', `Nothing is known that table ${table.name} could be restored from.`);
}

/** @throws TandemError USAGE where there is none, which the moves of a table that is to be removed rule out */
function recordOf({ table, record }: TableJob): TableFacts {
  if (record !== undefined) return record;
  throw new TandemError('USAGE', `The recovery point holds no table ${table.name}.`);
}
