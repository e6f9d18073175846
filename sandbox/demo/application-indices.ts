import * as z from 'zod';
import type { SearchClient } from './search-client.ts';
import { customers, orders, products, settings } from './shop.ts';

interface ApplicationIndex {
  name: string;
  shards: number;
  aliases: Record<string, object>;
  documents: { id: string }[];
}

/** The application's indices: two of more than one shard, aliases of three kinds, and one that begins with a dot. */
export const applicationIndices: ApplicationIndex[] = [
  {
    name: 'shop-products-v3',
    shards: 2,
    aliases: { 'shop-products': {}, 'shop-books': { filter: { term: { category: 'books' } } } },
    documents: products,
  },
  { name: 'shop-orders-2026', shards: 3, aliases: { 'shop-orders': { is_write_index: true } }, documents: orders },
  { name: 'shop-customers', shards: 1, aliases: {}, documents: customers },
  { name: '.shop-settings', shards: 1, aliases: {}, documents: settings },
];

const keyword = { type: 'keyword' };
const properties = { id: keyword, category: keyword, customer: keyword, city: keyword, placedAt: { type: 'date' } };
const bulkAnswer = z.object({ errors: z.literal(false) });

/** Makes the application's indices and fills them; answers how many documents they hold. */
export async function makeIndices(search: SearchClient): Promise<number> {
  for (const { name, shards, aliases, documents } of applicationIndices) {
    const layout = { number_of_shards: shards, number_of_replicas: 0 };
    await search('PUT', `/${name}`, { settings: { index: layout }, mappings: { properties }, aliases });
    const lines = documents.flatMap((document) => [{ index: { _id: document.id } }, document]);
    bulkAnswer.parse(await search('POST', `/${name}/_bulk?refresh=true`, lines));
  }
  return applicationIndices.reduce((sum, index) => sum + index.documents.length, 0);
}
