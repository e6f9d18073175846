import * as z from 'zod';
import type { Account } from './account.ts';
import type { Call } from './call.ts';
import type { TableDescription } from './tables.ts';

const description = z.looseObject({ TableName: z.string() });
const describedTable = z.looseObject({ Table: description });
export const changedTable = z.looseObject({ TableDescription: description });
const listedTables = z.looseObject({
  TableNames: z.array(z.string()),
  LastEvaluatedTableName: z.string().optional(),
});
const describedTimeToLive = z.looseObject({
  TimeToLiveDescription: z.looseObject({ TimeToLiveStatus: z.string().optional() }),
});

/** DescribeTable's answer with the status that the table would have. */
export function presentDescribedTable(answer: unknown, account: Account): unknown {
  const { Table, ...rest } = describedTable.parse(answer);
  return { ...rest, Table: presentTable(Table, account) };
}

/** The answer of a call that makes, changes or deletes a table, with the status that the table would have. */
export function presentChangedTable(answer: unknown, account: Account): unknown {
  const { TableDescription, ...rest } = changedTable.parse(answer);
  return { ...rest, TableDescription: presentTable(TableDescription, account) };
}

/** RestoreSummary is there while the table is CREATING, and no longer from its first ACTIVE on (measured). */
function presentTable(table: TableDescription, { tables }: Account): TableDescription {
  const change = tables.changeOf(table.TableName);
  const { RestoreSummary: _, ...settled } = table;
  if (change === undefined) return settled;
  const restore = tables.restoreOf(table.TableName);
  return {
    ...settled,
    TableStatus: change,
    ...(restore && { RestoreSummary: { ...restore, RestoreInProgress: true } }),
  };
}

/**
 * What is answered of a table that the emulator has not any more but that is DELETING still; undefined of any other.
 * DeleteTable asked again is no error.
 */
export function answerWhileDeleting({ operation, tables }: Call, account: Account): unknown {
  const last = tables.map((table) => account.tables.lastDescription(table)).find((table) => table !== undefined);
  if (last === undefined) return undefined;
  if (operation === 'DescribeTable') return { Table: presentTable(last, account) };
  if (operation === 'DeleteTable') return { TableDescription: presentTable(last, account) };
  return undefined;
}

/**
 * ListTables's page with the DELETING tables that belong on it, in the order of the names. The emulator fills each page
 * but the last, so what is too much for a page comes after it.
 */
export function presentListedTables(answer: unknown, { tables }: Account, { input }: Call): unknown {
  const { TableNames, LastEvaluatedTableName, ...rest } = listedTables.parse(answer);
  const { ExclusiveStartTableName: after = '', Limit = 100 } = input;
  const deleting = tables.changing().filter((name) => tables.changeOf(name) === 'DELETING' && name > after);
  const names = [...new Set([...TableNames, ...deleting])].sort();
  const page = names.slice(0, Limit);
  const last = names.length > Limit ? page.at(-1) : LastEvaluatedTableName;
  return { ...rest, TableNames: page, ...(last !== undefined && { LastEvaluatedTableName: last }) };
}

/** DescribeTimeToLive's answer: a change shows as ENABLING or DISABLING until it is through. */
export function presentTimeToLive(answer: unknown, { tables }: Account, call: Call): unknown {
  const { TimeToLiveDescription, ...rest } = describedTimeToLive.parse(answer);
  if (!call.tables.some((table) => tables.isTimeToLiveChanging(table))) return answer;
  const TimeToLiveStatus = TimeToLiveDescription.TimeToLiveStatus === 'ENABLED' ? 'ENABLING' : 'DISABLING';
  return { ...rest, TimeToLiveDescription: { ...TimeToLiveDescription, TimeToLiveStatus } };
}
