import { TandemError } from '../errors/tandem-error.ts';
import type { TableDescription } from '../ports/tables.ts';
import { inHandAtMost } from './restore-window.ts';

/** Tables of an account and region that may be made, changed, deleted or restored at the same time. */
const mostOperations = 500;

/** Of these, restores. */
const mostRestores = 50;

type Table = Pick<TableDescription, 'status' | 'restoredFrom'>;

/**
 * Whether DynamoDB would take the operations of a restore beside those that are running: it has at most 100 tables in
 * hand, and is refused where the account has no room for these, or runs 50 restores already.
 *
 * @param described all tables of the account, or those of them that could be looked at
 * @param restored how many tables are restored
 */
export function operationProblems(described: Table[], restored: number): TandemError[] {
  const running = described.filter(({ status }) => ['CREATING', 'UPDATING', 'DELETING'].includes(status));
  const restores = running.filter(({ status, restoredFrom }) => status === 'CREATING' && restoredFrom !== undefined);
  const own = Math.min(restored, inHandAtMost);
  if (running.length + own > mostOperations) {
    const message = `${running.length} tables of the account are being made, changed or deleted, and the restore would do so with ${own} more at a time: DynamoDB takes ${mostOperations}.`;
    return [new TandemError('TABLE_OPERATIONS_LIMIT', message)];
  }
  if (restores.length < mostRestores) return [];
  const message = `${restores.length} tables of the account are being restored, and DynamoDB restores ${mostRestores} at a time.`;
  return [new TandemError('TABLE_OPERATIONS_LIMIT', message)];
}
