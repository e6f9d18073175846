import { readFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { DeleteItemCommand, DescribeTableCommand, type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { CreateEventSourceMappingCommand, CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { zipSync } from 'fflate';
import { emulatorRuntime } from '../deployment/emulated-package.ts';
import { itemOf } from './application-tables.ts';
import type { SearchClient } from './search-client.ts';
import type { Product } from './shop.ts';

const table = 'shop-products';
const productsIndex = 'shop-products-v3';
const trust = { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' };

/** Where the indexer is deployed, and where it writes to. */
interface IndexerPlace {
  /** The options of a client of the account. */
  aws: ConstructorParameters<typeof LambdaClient>[0] & object;
  /** The address of the search server. */
  search: string;
}

/**
 * Deploys the application's indexer: a function that the stream of the table of products triggers, for new items alone,
 * and that writes them into the index of products.
 */
export async function makeIndexer(client: DynamoDBClient, place: IndexerPlace): Promise<void> {
  const functionName = await makeFunction('shop-indexer', productsIndex, place);
  await trigger(functionName, await streamOf(client), place);
}

/** @returns the ARN of the stream that the table of products has now */
export async function streamOf(client: DynamoDBClient): Promise<string> {
  const { Table } = await client.send(new DescribeTableCommand({ TableName: table }));
  return Table?.LatestStreamArn ?? '';
}

/** Deploys a function that writes new items into an index. @returns its name */
export async function makeFunction(name: string, index: string, { aws, search }: IndexerPlace): Promise<string> {
  const policy = JSON.stringify({ Version: '2012-10-17', Statement: [trust] });
  const newRole = new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: policy });
  const { Role } = await new IAMClient(aws).send(newRole);
  const code = await readFile(new URL('index-products.mjs', import.meta.url));
  await new LambdaClient(aws).send(
    new CreateFunctionCommand({
      FunctionName: name,
      Role: Role?.Arn,
      Runtime: 'provided.al2023',
      Handler: 'index-products.handler',
      Code: { ZipFile: zipSync({ ...(await emulatorRuntime()), 'index-products.js': code }) },
      Environment: { Variables: { SEARCH_ENDPOINT: search, INDEX: index } },
    }),
  );
  return name;
}

export async function trigger(FunctionName: string, stream: string, { aws }: IndexerPlace): Promise<void> {
  await new LambdaClient(aws).send(
    new CreateEventSourceMappingCommand({
      FunctionName,
      EventSourceArn: stream,
      StartingPosition: 'LATEST',
      BatchSize: 25,
      MaximumRetryAttempts: 2,
      BisectBatchOnFunctionError: true,
      FilterCriteria: { Filters: [{ Pattern: '{"eventName":["INSERT"]}' }] },
      Tags: { application: 'shop' },
    }),
  );
}

const late: Product = { id: 'product-99999', name: 'late', category: 'books', price: 100, stock: 1 };

/**
 * Writes an item into the table of products, waits until its document is in the index, and takes both away again.
 *
 * @param whenIndexed while both are there
 * @throws Error where the document is not there in time
 */
export async function writeThrough(
  client: DynamoDBClient,
  search: SearchClient,
  whenIndexed: () => Promise<void> = async () => {},
): Promise<void> {
  const item = itemOf(late);
  await client.send(new PutItemCommand({ TableName: table, Item: item }));
  await untilIndexed(search);
  await whenIndexed();
  await client.send(new DeleteItemCommand({ TableName: table, Key: { PK: item.PK, SK: item.SK } }));
  await search('DELETE', `/${productsIndex}/_doc/${late.id}?refresh=true`);
}

async function untilIndexed(search: SearchClient): Promise<void> {
  const deadline = AbortSignal.timeout(30_000);
  while (!(await isIndexed(search))) {
    if (deadline.aborted) throw new Error(`${late.id} was written to ${table}, and is not in ${productsIndex}.`);
    await setTimeout(100);
  }
}

async function isIndexed(search: SearchClient): Promise<boolean> {
  const query = { query: { term: { _id: late.id } } };
  return JSON.stringify(await search('POST', `/${productsIndex}/_count`, query)).includes('"count":1');
}
