import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { awsClientOptions } from '../adapters/aws-client-options.ts';
import { dynamodbTableBackups } from '../adapters/dynamodb-table-backups.ts';
import { dynamodbTables } from '../adapters/dynamodb-tables.ts';
import { systemClock } from '../adapters/system-clock.ts';
import type { TableBackups } from '../ports/table-backups.ts';
import type { Tables } from '../ports/tables.ts';

const connect = (options: { maxAttempts?: number }) => new DynamoDBClient({ ...awsClientOptions, ...options });

export function composeTables(): Tables {
  return dynamodbTables(connect({}), systemClock);
}

export function composeTableBackups(): TableBackups {
  return dynamodbTableBackups(connect, systemClock);
}
