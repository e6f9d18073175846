import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { inject } from 'vitest';
import { makeIndexer } from '../../sandbox/demo/application-indexer.ts';
import { makeIndices } from '../../sandbox/demo/application-indices.ts';
import { readApplication } from '../../sandbox/demo/application-state.ts';
import { makeTables } from '../../sandbox/demo/application-tables.ts';
import { searchClient } from '../../sandbox/demo/search-client.ts';
import { clientOf } from './emulators.ts';

/** The demo's application in the deployed sandbox, which all integration tests share. */
const { environment, searchServer } = inject('deployed');
export const dynamodb = new DynamoDBClient(clientOf(environment.AWS_ENDPOINT_URL_DYNAMODB ?? ''));
export const search = searchClient(searchServer);
export const indexerPlace = { aws: clientOf(environment.AWS_ENDPOINT_URL ?? ''), search: searchServer };

/** Makes the application unless it is there, and answers everything that it holds. */
export async function makeApplication() {
  const present = await readApplication(dynamodb, search);
  if (present.size > 0) return present;
  await makeTables(dynamodb);
  await makeIndices(search);
  await makeIndexer(dynamodb, indexerPlace);
  return readApplication(dynamodb, search);
}
