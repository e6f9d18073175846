import { type AttributeValue, type DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { canonicalJson } from '../../shared/core/hash.ts';
import { applicationIndices } from './application-indices.ts';
import { applicationTables } from './application-tables.ts';
import type { SearchClient } from './search-client.ts';

/**
 * Everything that the application holds, as text by place: `table shop-orders/order-00001` and
 * `index shop-customers/customer-00001`, and the aliases, mappings and shard counts of its indices.
 */
export type ApplicationState = ReadonlyMap<string, string>;

/** What an application consists of: tables, which have keys of text, and indices, whose documents have an `id`. */
interface Application {
  tables: { name: string; keys: string[] }[];
  indices: string[];
}

/** Reads every item and every document, past Tandem, so that a comparison does not rest on what Tandem says. */
export async function readApplication(
  client: DynamoDBClient,
  search: SearchClient,
  application = shop,
): Promise<ApplicationState> {
  const tables = application.tables.map(({ name, keys }) => readTable(client, name, keys));
  const indices = application.indices.map((name) => readIndex(search, name));
  const parts = await Promise.all([...tables, ...indices]);
  return new Map(parts.flat());
}

/** What differs between two states, a line each. */
export function compareApplications(before: ApplicationState, after: ApplicationState): string[] {
  const places = new Set([...before.keys(), ...after.keys()]);
  return [...places].flatMap((place) => {
    const [expected, found] = [before.get(place), after.get(place)];
    if (expected === found) return [];
    if (found === undefined) return [`${place} is missing`];
    return [expected === undefined ? `${place} should not be there` : `${place} has another content`];
  });
}

type Entry = [place: string, content: string];

const shop: Application = {
  tables: applicationTables.map(({ definition }) => ({
    name: definition.TableName,
    keys: (definition.KeySchema ?? []).flatMap((key) => key.AttributeName ?? []),
  })),
  indices: applicationIndices.map(({ name }) => name),
};

async function readTable(client: DynamoDBClient, TableName: string, keys: string[]): Promise<Entry[]> {
  const entries: Entry[] = [];
  let ExclusiveStartKey: Record<string, AttributeValue> | undefined;
  do {
    const page = await readPage(client, TableName, ExclusiveStartKey);
    for (const item of page?.Items ?? []) {
      const key = keys.map((name) => item[name]?.S).join('/');
      entries.push([`table ${TableName}/${key}`, canonicalJson(withTextForBytes(item))]);
    }
    ExclusiveStartKey = page?.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
  return entries;
}

/** A table that was dropped holds nothing. */
async function readPage(
  client: DynamoDBClient,
  TableName: string,
  ExclusiveStartKey: Record<string, AttributeValue> | undefined,
) {
  try {
    return await client.send(new ScanCommand({ TableName, ExclusiveStartKey, ConsistentRead: true }));
  } catch (error) {
    if (error instanceof Error && error.name === 'ResourceNotFoundException') return undefined;
    throw error;
  }
}

function withTextForBytes(item: Record<string, AttributeValue>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(item).map(([name, value]) => [
      name,
      value.B === undefined ? value : { B: Buffer.from(value.B).toString('base64') },
    ]),
  );
}

const pageSchema = z.object({
  hits: z.object({ hits: z.array(z.object({ _id: z.string(), _source: z.unknown(), sort: z.array(z.unknown()) })) }),
});
const layoutSchema = z.record(
  z.string(),
  z.object({
    aliases: z.unknown(),
    mappings: z.unknown(),
    settings: z.object({ index: z.object({ number_of_shards: z.string() }) }),
  }),
);

const pageSize = 1_000;

async function readIndex(search: SearchClient, name: string): Promise<Entry[]> {
  const path = `/${encodeURIComponent(name)}`;
  const layouts = layoutSchema.parse(await search('GET', `${path}?ignore_unavailable=true`));
  const layout = layouts[name];
  if (layout === undefined) return [];
  const { aliases, mappings, settings } = layout;
  const entries: Entry[] = [
    [`index ${name}: aliases`, canonicalJson(aliases)],
    [`index ${name}: mappings`, canonicalJson(mappings)],
    [`index ${name}: shards`, settings.index.number_of_shards],
  ];
  let after: unknown[] | undefined;
  do {
    const query = { size: pageSize, sort: [{ id: 'asc' }], ...(after && { search_after: after }) };
    const page = pageSchema.parse(await search('POST', `${path}/_search`, query)).hits.hits;
    for (const hit of page) entries.push([`index ${name}/${hit._id}`, canonicalJson(hit._source)]);
    after = page.length === pageSize ? page.at(-1)?.sort : undefined;
  } while (after !== undefined);
  return entries;
}
