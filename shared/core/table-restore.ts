import type { TableRestore } from '../contracts/ledger.ts';
import type { TableToRestore } from '../contracts/restore-plan.ts';
import type { TableDescription } from '../ports/tables.ts';

/** At most so many tables are taken in hand at a time: DynamoDB runs 50 restores an account at once. */
export const restoreWindow = 50;

/**
 * What is to be done next for one table.
 *
 * `WAIT`: look again later. `FOREIGN`: somebody else made a table of that name, which nobody confirmed to delete.
 */
export type TableMove = 'UNPROTECT' | 'DELETE' | 'RESTORE' | 'WAIT' | 'SETTLE' | 'FOREIGN';

/**
 * Decides by what the table is now, so that a step that was killed anywhere goes on from there. The table that was there
 * when the plan was made is told from the restored one by its id: both have the same name and the same ARN.
 */
export function nextTableMove(
  table: TableToRestore,
  status: TableRestore['status'],
  present: TableDescription | undefined,
): TableMove {
  if (present === undefined) return 'RESTORE';
  if (present.status === 'DELETING') return 'WAIT';
  if (present.tableId === table.currentId) {
    if (present.status === 'CREATING' || present.status === 'UPDATING') return 'WAIT';
    return present.deletionProtection ? 'UNPROTECT' : 'DELETE';
  }
  const asked = status === 'RESTORING' || status === 'SETTLING' || status === 'DONE';
  if (!asked || (present.restoringFrom !== undefined && present.restoringFrom !== table.backupArn)) return 'FOREIGN';
  return present.status === 'ACTIVE' ? 'SETTLE' : 'WAIT';
}

/** The status that the ledger keeps before a move is made: a restore that may have been asked for is one that was. */
export function statusFor(move: TableMove, status: TableRestore['status']): TableRestore['status'] {
  if (move === 'RESTORE') return 'RESTORING';
  if (move === 'UNPROTECT' || move === 'DELETE') return 'DELETING';
  return move === 'SETTLE' ? 'SETTLING' : status;
}
