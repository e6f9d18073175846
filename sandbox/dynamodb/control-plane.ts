import * as z from 'zod';
import type { Account } from './account.ts';
import type { Call } from './call.ts';
import {
  presentDeletedBackup,
  presentDescribedBackup,
  presentListedBackups,
  presentStartedBackup,
  startedBackup,
} from './presented-backups.ts';
import {
  changedTable,
  presentChangedTable,
  presentDescribedTable,
  presentListedTables,
  presentTimeToLive,
} from './presented-tables.ts';
import type { RestoreSource } from './tables.ts';

const restoredTable = z.object({ TableDescription: z.object({ TableArn: z.string() }) });

interface ControlCall {
  /** Remembers what the call, which the emulator accepted and did at once, sets going for the table. */
  begin?: (table: string, account: Account, call: Call, answer: unknown) => void;
  /** Turns the emulator's answer, in which everything is done, into the one that the real service would give by now. */
  present?: (answer: unknown, account: Account, call: Call) => unknown;
}

const controlCalls: Partial<Record<string, ControlCall>> = {
  CreateTable: {
    begin: (table, { tables }) => tables.created(table),
    present: presentChangedTable,
  },
  UpdateTable: {
    begin: (table, { tables }) => tables.updated(table),
    present: presentChangedTable,
  },
  DeleteTable: {
    begin: (table, { tables }, _, answer) => tables.deleted(table, changedTable.parse(answer).TableDescription),
    present: presentChangedTable,
  },
  RestoreTableFromBackup: {
    begin: (table, { tables }, call) => tables.restored(table, sourceInBackup(call)),
    present: presentChangedTable,
  },
  RestoreTableToPointInTime: {
    begin: (table, { tables }, call, answer) => tables.restored(table, sourceInTime(call, table, answer)),
    present: presentChangedTable,
  },
  UpdateTimeToLive: { begin: (table, { tables }) => tables.timeToLiveChanged(table) },
  CreateBackup: {
    begin: (table, { backups }, _, answer) =>
      backups.created(startedBackup.parse(answer).BackupDetails.BackupArn, table),
    present: presentStartedBackup,
  },
  DescribeTable: { present: presentDescribedTable },
  ListTables: { present: presentListedTables },
  DescribeTimeToLive: { present: presentTimeToLive },
  DescribeBackup: { present: presentDescribedBackup },
  DeleteBackup: { present: presentDeletedBackup },
  ListBackups: { present: presentListedBackups },
};

/** True of a call that begins a change or tells of one. */
export function isControlCall({ operation }: Call): boolean {
  return controlCalls[operation] !== undefined;
}

/** Remembers what an accepted call sets going, and gives the answer that the real service would give to it. */
export function settle(call: Call, account: Account, answer: unknown): unknown {
  const { begin, present } = controlCalls[call.operation] ?? {};
  for (const table of call.tables) begin?.(table, account, call, answer);
  return present === undefined ? answer : present(answer, account, call);
}

/** A backup's ARN is its table's, then `/backup/`, the milliseconds at which it was made, and a random part. */
function sourceInBackup({ input: { BackupArn = '' } }: Call): RestoreSource {
  const [, table, milliseconds] = /^(.+)\/backup\/(\d+)-/.exec(BackupArn) ?? [];
  return { SourceBackupArn: BackupArn, SourceTableArn: table, RestoreDateTime: Number(milliseconds ?? 0) / 1000 };
}

function sourceInTime(
  { sourceTables, input: { RestoreDateTime } }: Call,
  table: string,
  answer: unknown,
): RestoreSource {
  const { TableArn } = restoredTable.parse(answer).TableDescription;
  return { SourceTableArn: TableArn.replace(`table/${table}`, `table/${sourceTables[0]}`), RestoreDateTime };
}
