import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  type DynamoDBClient,
  type KeysAndAttributes,
  ScanCommand,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import type { Clock } from '../ports/clock.ts';
import type { Item, ItemChange, ScanOptions, TableItems } from '../ports/table-items.ts';
import { ask } from './aws-call.ts';
import { readItem } from './dynamodb-attribute-values.ts';
import { readCursor, writeCursor } from './dynamodb-cursor.ts';
import { inBatches } from './in-batches.ts';

const refusals = { ResourceNotFoundException: 'TABLE_NOT_FOUND' } as const;

/** What BatchGetItem and BatchWriteItem take in one call. */
const mostRead = 100;
const mostWritten = 25;

/** So many calls are under way at once: those of one page of a scan, which may hold thousands of keys. */
const callsAtOnce = 8;

/** After a call that left something undone, doubled each time. In milliseconds. */
const firstPauseMilliseconds = 50;
const longestPauseMilliseconds = 5_000;

/** The items of the tables of an account and region of DynamoDB. */
export function dynamodbTableItems(client: DynamoDBClient, clock: Clock): TableItems {
  function scanned(table: string, { segment, after }: ScanOptions) {
    return {
      TableName: table,
      ConsistentRead: true,
      Segment: segment.number,
      TotalSegments: segment.of,
      ExclusiveStartKey: after === undefined ? undefined : readCursor(after),
    };
  }

  /** DynamoDB does less than it was asked for where it has no capacity left: what is left over is asked for again. */
  async function untilDone<Rest>(first: Rest, call: (rest: Rest) => Promise<Rest | undefined>): Promise<void> {
    let pause = firstPauseMilliseconds;
    for (let rest = await call(first); rest !== undefined; rest = await call(rest)) {
      await clock.sleep(pause);
      pause = Math.min(2 * pause, longestPauseMilliseconds);
    }
  }

  async function readBatch(table: string, keys: Item[], attributes: string[] | undefined): Promise<Item[]> {
    const found: Item[] = [];
    await untilDone<KeysAndAttributes>({ Keys: keys, ConsistentRead: true, ...projected(attributes) }, async (rest) => {
      const command = new BatchGetItemCommand({ RequestItems: { [table]: rest } });
      const answer = await ask(client, `BatchGetItem ${table}`, () => client.send(command), refusals);
      found.push(...(answer.Responses?.[table] ?? []).map(readItem));
      return answer.UnprocessedKeys?.[table];
    });
    return found;
  }

  async function writeBatch(table: string, changes: ItemChange[]): Promise<number> {
    let units = 0;
    await untilDone<WriteRequest[]>(changes.map(requestOf), async (rest) => {
      const input = { RequestItems: { [table]: rest }, ReturnConsumedCapacity: 'TOTAL' as const };
      const call = () => client.send(new BatchWriteItemCommand(input));
      const answer = await ask(client, `BatchWriteItem ${table}`, call, refusals);
      const left = answer.UnprocessedItems?.[table];
      // A unit an item is the least, whatever an emulator tells.
      const written = rest.length - (left?.length ?? 0);
      units += Math.max(written, answer.ConsumedCapacity?.[0]?.CapacityUnits ?? 0);
      return left;
    });
    return units;
  }

  return {
    async scan(table, options) {
      const command = new ScanCommand({ ...scanned(table, options), ...projected(options.attributes) });
      const page = await ask(client, `Scan ${table}`, () => client.send(command), refusals);
      const next = page.LastEvaluatedKey && writeCursor(readItem(page.LastEvaluatedKey));
      return { items: (page.Items ?? []).map(readItem), next };
    },

    async count(table, options) {
      const command = new ScanCommand({ ...scanned(table, options), Select: 'COUNT' });
      const page = await ask(client, `Scan ${table}`, () => client.send(command), refusals);
      const next = page.LastEvaluatedKey && writeCursor(readItem(page.LastEvaluatedKey));
      return { items: page.Count ?? 0, next };
    },

    async get(table, keys, attributes) {
      return (await inBatches(keys, mostRead, callsAtOnce, (batch) => readBatch(table, batch, attributes))).flat();
    },

    async write(table, changes) {
      const units = await inBatches(changes, mostWritten, callsAtOnce, (batch) => writeBatch(table, batch));
      return units.reduce((sum, used) => sum + used, 0);
    },
  };
}

/** Any name may be a word that DynamoDB keeps for itself: all are given by placeholders. */
function projected(attributes: string[] | undefined) {
  if (attributes === undefined) return {};
  const names = attributes.map((name, position) => [`#${position}`, name] as const);
  return {
    ProjectionExpression: names.map(([placeholder]) => placeholder).join(', '),
    ExpressionAttributeNames: Object.fromEntries(names),
  };
}

function requestOf(change: ItemChange): WriteRequest {
  return 'put' in change ? { PutRequest: { Item: change.put } } : { DeleteRequest: { Key: change.delete } };
}
