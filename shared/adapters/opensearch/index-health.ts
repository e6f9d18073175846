import type * as z from 'zod';
import { healthAnswerSchema } from './index-answers.ts';
import type { SearchHttp } from './search-http.ts';

const told = ['status', 'number_of_shards', 'active_primary_shards', 'initializing_shards', 'relocating_shards'];

/** The health of every index. All are asked for: asked for one that is missing, the server waits for it to appear. */
export async function healthOfIndices(http: SearchHttp): Promise<z.output<typeof healthAnswerSchema>['indices']> {
  const query = { level: 'indices', filter_path: told.map((field) => `indices.*.${field}`).join(',') };
  const path = ['_cluster', 'health'];
  return (await http.ask({ method: 'GET', path, query }, healthAnswerSchema)).indices;
}
