import type { Account } from './account.ts';
import type { Call } from './call.ts';
import { type Refusal, refusals } from './refusals.ts';
import type { Change } from './tables.ts';

/** Documented quotas of an account: restores, and all other changes of tables with them, at one time. */
const restoresAtOnce = 50;
const tableOperationsAtOnce = 500;

/** Why a call cannot be made now; undefined where it may go on to the emulator, which may still refuse it. */
type Rule = (call: Call, account: Account) => Refusal | undefined;

/** Calls that do not know a table yet while it is CREATING; once it is DELETING the emulator refuses them itself. */
const callsOnWholeTables = [
  'GetItem',
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'Query',
  'Scan',
  'BatchGetItem',
  'BatchWriteItem',
  'TransactGetItems',
  'TransactWriteItems',
  'TagResource',
  'UntagResource',
  'ListTagsOfResource',
  'DescribeTimeToLive',
  'PutResourcePolicy',
  'GetResourcePolicy',
  'DeleteResourcePolicy',
] as const;

const rules: Partial<Record<string, Rule>> = {
  ...Object.fromEntries(callsOnWholeTables.map((operation) => [operation, notFoundWhileCreating])),
  CreateTable: (call, account) => inUseWhile(['DELETING'], call, account) ?? quotaOfTableOperations(account),
  UpdateTable: (call, account) =>
    notFoundWhileCreating(call, account) ?? inUseWhile(['UPDATING'], call, account) ?? quotaOfTableOperations(account),
  DeleteTable: (call, account) =>
    inUseWhile(['CREATING', 'UPDATING'], call, account) ??
    inUseWhileBackedUp(call, account) ??
    quotaOfTableOperations(account),
  UpdateTimeToLive: (call, account) =>
    notFoundWhileCreating(call, account) ?? onceInAnHour(call, account) ?? quotaOfTableOperations(account),
  CreateBackup: (call, account) =>
    refusedWhile(['CREATING'], refusals.tableNotFound, call.tables, account) ??
    refusedWhile(['DELETING'], refusals.tableInUse, call.tables, account) ??
    backupsBeingEnabled(call, account),
  UpdateContinuousBackups: (call, account) =>
    refusedWhile(['CREATING', 'DELETING'], refusals.tableNotFound, call.tables, account) ??
    backupsBeingEnabled(call, account),
  DeleteBackup: backupInUse,
  RestoreTableFromBackup: (call, account) =>
    nameIsTaken(call, account) ?? backupInUse(call, account) ?? quotaOfRestores(account),
  RestoreTableToPointInTime: (call, account) =>
    nameIsTaken(call, account) ??
    refusedWhile(['CREATING'], refusals.tableNotFound, call.sourceTables, account) ??
    quotaOfRestores(account),
};

/** Why the real service would refuse this call in the present state of the account; undefined where it would not. */
export function refusalOf(call: Call, account: Account): Refusal | undefined {
  return rules[call.operation]?.(call, account);
}

function refusedWhile(
  changes: readonly Change[],
  refusal: (table: string, change: Change) => Refusal,
  names: readonly string[],
  { tables }: Account,
): Refusal | undefined {
  for (const table of names) {
    const change = tables.changeOf(table);
    if (change !== undefined && changes.includes(change)) return refusal(table, change);
  }
  return undefined;
}

function notFoundWhileCreating(call: Call, account: Account): Refusal | undefined {
  return refusedWhile(['CREATING'], refusals.resourceNotFound, call.tables, account);
}

function inUseWhile(changes: readonly Change[], call: Call, account: Account): Refusal | undefined {
  return refusedWhile(changes, refusals.resourceInUse, call.tables, account);
}

/** The emulator refuses the name of an ACTIVE table itself, but there the name of a DELETING one is free already. */
function nameIsTaken(call: Call, account: Account): Refusal | undefined {
  return refusedWhile(['CREATING', 'UPDATING', 'DELETING'], refusals.tableAlreadyExists, call.tables, account);
}

function inUseWhileBackedUp(call: Call, { backups }: Account): Refusal | undefined {
  const table = call.tables.find((name) => backups.isRunningFor(name));
  return table === undefined ? undefined : refusals.resourceInUse(table, 'BACKED UP');
}

function onceInAnHour(call: Call, { tables }: Account): Refusal | undefined {
  return call.tables.some((table) => tables.isTimeToLiveChanging(table)) ? refusals.timeToLiveChanging() : undefined;
}

function backupsBeingEnabled(call: Call, { tables }: Account): Refusal | undefined {
  const table = call.tables.find((name) => tables.areBackupsBeingEnabled(name));
  return table === undefined ? undefined : refusals.backupsBeingEnabled(table);
}

function backupInUse({ input: { BackupArn } }: Call, { tables, backups }: Account): Refusal | undefined {
  if (BackupArn === undefined) return undefined;
  if (backups.isCreating(BackupArn)) return refusals.backupInUse(BackupArn, 'being created');
  const feedsRestore = tables.restores().some(({ SourceBackupArn }) => SourceBackupArn === BackupArn);
  return feedsRestore ? refusals.backupInUse(BackupArn, 'being used to restore another table') : undefined;
}

function quotaOfRestores(account: Account): Refusal | undefined {
  if (account.tables.restores().length >= restoresAtOnce) return refusals.tooManyRestores(restoresAtOnce);
  return quotaOfTableOperations(account);
}

function quotaOfTableOperations({ tables }: Account): Refusal | undefined {
  if (tables.changing().length < tableOperationsAtOnce) return undefined;
  return refusals.tooManyTableOperations(tableOperationsAtOnce);
}
