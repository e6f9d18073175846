import type { IncomingHttpHeaders } from 'node:http';
import * as z from 'zod';
import { readJson } from './json-body.ts';

const input = z.looseObject({
  TableName: z.string().optional(),
  TargetTableName: z.string().optional(),
  ResourceArn: z.string().optional(),
  RequestItems: z.record(z.string(), z.unknown()).optional(),
  TransactItems: z.array(z.record(z.string(), z.looseObject({ TableName: z.string() }))).optional(),
  SourceTableName: z.string().optional(),
  SourceTableArn: z.string().optional(),
  RestoreDateTime: z.number().optional(),
  UseLatestRestorableTime: z.boolean().optional(),
  BackupArn: z.string().optional(),
  BackupName: z.string().optional(),
  BackupType: z.string().optional(),
  TimeRangeLowerBound: z.number().optional(),
  TimeRangeUpperBound: z.number().optional(),
  ExclusiveStartTableName: z.string().optional(),
  Limit: z.number().optional(),
});

type CallInput = z.infer<typeof input>;

/** A call of the DynamoDB API, read from an HTTP request. */
export interface Call {
  operation: string;
  /** The access key id that signed it. */
  caller: string | undefined;
  /** The names of the tables it is about; for a restore the one it makes. */
  tables: string[];
  /** The name of the table that RestoreTableToPointInTime starts from; none for any other call. */
  sourceTables: string[];
  input: CallInput;
}

/**
 * Reads a call; undefined where the request is not one of DynamoDB's own API (its streams, the emulator's health).
 * An input that makes no sense is read as an empty one: refusing it is the emulator's part.
 */
export function readCall(headers: IncomingHttpHeaders, body: Buffer): Call | undefined {
  const operation = /^DynamoDB_\d+\.(\w+)$/.exec(String(headers['x-amz-target']))?.[1];
  if (operation === undefined) return undefined;
  const caller = /Credential=([^/,]+)\//.exec(headers.authorization ?? '')?.[1];
  const { data = {} } = input.safeParse(readJson(body));
  return { operation, caller, tables: tablesOf(data), sourceTables: sourceTablesOf(data), input: data };
}

function tablesOf({ TableName, TargetTableName, ResourceArn, RequestItems, TransactItems }: CallInput): string[] {
  const transacted = (TransactItems ?? []).flatMap((item) => Object.values(item).map((action) => action.TableName));
  return tableNames([TableName, TargetTableName, ResourceArn, ...Object.keys(RequestItems ?? {}), ...transacted]);
}

function sourceTablesOf({ SourceTableName, SourceTableArn }: CallInput): string[] {
  return tableNames([SourceTableName, SourceTableArn]);
}

/** Names of tables that may be given as ARNs, of the table itself or of something that belongs to it; each once. */
function tableNames(given: (string | undefined)[]): string[] {
  const known = given.filter((name) => name !== undefined);
  return [...new Set(known.map((name) => /^arn:[^/]*:table\/([^/]+)/.exec(name)?.[1] ?? name))];
}
