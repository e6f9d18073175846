import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { awsClientOptions } from '../adapters/aws-client-options.ts';
import { callRates } from '../adapters/call-rates.ts';
import { dynamodbCallRates } from '../adapters/dynamodb-call-rates.ts';
import { dynamodbContributorInsights } from '../adapters/dynamodb-contributor-insights.ts';
import { dynamodbKinesisDestinations } from '../adapters/dynamodb-kinesis-destinations.ts';
import { dynamodbTableBackups } from '../adapters/dynamodb-table-backups.ts';
import { dynamodbTableItems } from '../adapters/dynamodb-table-items.ts';
import { dynamodbTables } from '../adapters/dynamodb-tables.ts';
import { systemClock } from '../adapters/system-clock.ts';
import type { ContributorInsights } from '../ports/contributor-insights.ts';
import type { KinesisDestinations } from '../ports/kinesis-destinations.ts';
import type { TableBackups } from '../ports/table-backups.ts';
import type { TableItems } from '../ports/table-items.ts';
import type { Tables } from '../ports/tables.ts';

/** One for the process: where workflows run locally, all functions share it. */
const atCallRates = callRates(systemClock, dynamodbCallRates);

const connect = (options: DynamoDBClientConfig) => atCallRates(new DynamoDBClient({ ...awsClientOptions, ...options }));

export function composeTables(options: DynamoDBClientConfig = {}): Tables {
  return dynamodbTables(connect(options));
}

export function composeTableBackups(): TableBackups {
  return dynamodbTableBackups(connect);
}

export function composeContributorInsights(): ContributorInsights {
  return dynamodbContributorInsights(connect({}));
}

export function composeKinesisDestinations(): KinesisDestinations {
  return dynamodbKinesisDestinations(connect({}));
}

export function composeTableItems(): TableItems {
  return dynamodbTableItems(connect({}), systemClock);
}
