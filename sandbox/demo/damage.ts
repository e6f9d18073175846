import { setTimeout } from 'node:timers/promises';
import {
  DeleteItemCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { SearchClient } from './search-client.ts';
import { products, sessions } from './shop.ts';

/** Does to the application what people fear, and tells what was done, a line each. */
export async function damageApplication(client: DynamoDBClient, search: SearchClient): Promise<string[]> {
  await Promise.all([damageTables(client), damageIndices(search)]);
  return [
    'shop-products: 200 items deleted, 150 items altered',
    'shop-orders: the table dropped',
    'shop-sessions: 300 items deleted',
    'shop-products-v3: 400 documents altered, 100 deleted',
    'shop-orders-2026: the index dropped',
    'shop-books: the alias moved to another index',
  ];
}

async function damageTables(client: DynamoDBClient): Promise<void> {
  for (const product of products.slice(0, 200)) {
    const Key = { PK: { S: product.id }, SK: { S: 'product' } };
    await client.send(new DeleteItemCommand({ TableName: 'shop-products', Key }));
  }
  for (const product of products.slice(200, 350)) {
    const Key = { PK: { S: product.id }, SK: { S: 'product' } };
    const change = { UpdateExpression: 'SET price = :zero', ExpressionAttributeValues: { ':zero': { N: '0' } } };
    await client.send(new UpdateItemCommand({ TableName: 'shop-products', Key, ...change }));
  }
  for (const session of sessions.slice(0, 300)) {
    await client.send(new DeleteItemCommand({ TableName: 'shop-sessions', Key: { id: { S: session.id } } }));
  }
  await client.send(new DeleteTableCommand({ TableName: 'shop-orders' }));
  await untilGone(client, 'shop-orders');
}

async function untilGone(client: DynamoDBClient, TableName: string): Promise<void> {
  for (;;) {
    try {
      await client.send(new DescribeTableCommand({ TableName }));
    } catch (error) {
      if (error instanceof Error && error.name === 'ResourceNotFoundException') return;
      throw error;
    }
    await setTimeout(50);
  }
}

async function damageIndices(search: SearchClient): Promise<void> {
  const altered = products
    .slice(0, 400)
    .flatMap((product) => [{ index: { _id: product.id } }, { ...product, name: 'damaged', price: -1 }]);
  const deleted = products.slice(400, 500).map((product) => ({ delete: { _id: product.id } }));
  await search('POST', '/shop-products-v3/_bulk?refresh=true', [...altered, ...deleted]);
  await search('DELETE', '/shop-orders-2026');
  const actions = [
    { remove: { index: 'shop-products-v3', alias: 'shop-books' } },
    { add: { index: 'shop-customers', alias: 'shop-books' } },
  ];
  await search('POST', '/_aliases', { actions });
}
