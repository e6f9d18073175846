import type { TableRestore } from '../contracts/ledger/restores.ts';
import type { TableToRestore } from '../contracts/restore-plan.ts';
import type { TableDescription } from '../ports/tables.ts';
import { clockMarginMilliseconds } from './clock-margin.ts';
import { scratchName } from './scratch-table.ts';

/**
 * What is to be done next for one table.
 *
 * `WAIT`: look again later. `PROTECTED`: the table got its deletion protection after its replacement was confirmed.
 * `FOREIGN`: somebody else made a table of that name, which nobody confirmed to delete.
 * `LEAVE`: it does not exist, and is not to.
 */
export type TableMove = 'UNPROTECT' | 'DELETE' | 'RESTORE' | 'LEAVE' | 'WAIT' | 'SETTLE' | 'PROTECTED' | 'FOREIGN';

/** The name of the table that a backup is restored to. */
export function placeOf({ name, target, action }: TableToRestore, run: string): string {
  return action === 'refill' ? scratchName(name, run) : target;
}

/**
 * Decides by what the table is now, so that a step that was killed anywhere goes on from there. The table that was there
 * when the plan was made is told from the restored one by its id: both have the same name and the same ARN.
 *
 * @param settled what gets the settings: the same, but for a table that is refilled
 */
export function nextTableMove(
  table: TableToRestore,
  restore: TableRestore,
  present: TableDescription | undefined,
  settled = present,
): TableMove {
  if (present === undefined) return table.action === 'remove' ? 'LEAVE' : 'RESTORE';
  if (present.status === 'DELETING') return 'WAIT';
  if (present.tableId === table.currentId) {
    if (present.status === 'CREATING' || present.status === 'UPDATING') return 'WAIT';
    if (!present.deletionProtection) return 'DELETE';
    return table.deletionProtected ? 'UNPROTECT' : 'PROTECTED';
  }
  if (!isRestored(table, restore, present)) return 'FOREIGN';
  return [present, settled].some(isUnsettled) ? 'WAIT' : 'SETTLE';
}

function isUnsettled(table: TableDescription | undefined): boolean {
  return table !== undefined && (table.status !== 'ACTIVE' || table.isChanging);
}

/**
 * Where the answer to the request was lost, the id of the new table is not known: then a table is ours if it is being
 * restored from our backup. DynamoDB tells that only until it is ACTIVE; afterwards the time it was made at has to do,
 * with a margin that costs nothing: just before a restore is asked for there is no table of the name.
 */
function isRestored(table: TableToRestore, { newTableId, askedAt }: TableRestore, present: TableDescription): boolean {
  if (present.tableId === newTableId) return true;
  if (askedAt === undefined) return false;
  if (present.restoredFrom !== undefined) return present.restoredFrom === originOf(table);
  return present.createdAt.getTime() >= Date.parse(askedAt) - clockMarginMilliseconds;
}

/** What DynamoDB tells of the table as long as it is being restored: from which backup, or from which table. */
function originOf({ backupArn, pointInTime }: TableToRestore): string | null {
  return pointInTime?.tableArn ?? backupArn;
}

/**
 * What the ledger keeps before a move is made: the triggers that the table had, that a restore is about to be asked for, because its answer may be lost,
 * and the id of a table that turned out to be the restored one.
 */
export function restoreBefore(
  move: TableMove,
  table: TableToRestore,
  restore: TableRestore,
  present: TableDescription | undefined,
  now: Date,
): TableRestore {
  const { oldTriggers, puttingBack } = restore;
  switch (move) {
    case 'UNPROTECT':
      return { status: 'DELETING', oldTriggers };
    case 'DELETE':
      // Its protection was on when the plan was made, and nothing but this run was to take it off.
      return { status: 'DELETING', oldTriggers, ...(table.deletionProtected && { unprotected: true }) };
    case 'RESTORE':
      return { ...withoutOld(restore), status: 'RESTORING', askedAt: restore.askedAt ?? now.toISOString() };
    case 'SETTLE':
      return { status: 'SETTLING', newTableId: present?.tableId, oldTriggers, puttingBack };
    case 'WAIT':
      return present?.status === 'CREATING' && present.restoredFrom === originOf(table)
        ? { status: 'RESTORING', newTableId: present.tableId, oldTriggers }
        : restore;
    default:
      return restore;
  }
}

/** What is known of the table that was replaced goes with it. */
function withoutOld({ unprotected: _, ...restore }: TableRestore): TableRestore {
  return restore;
}
