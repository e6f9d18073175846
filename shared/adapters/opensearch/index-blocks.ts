import { blocksAnswerSchema } from './index-answers.ts';
import type { SearchHttp } from './search-http.ts';

/** The blocks that matter here, by the ids that OpenSearch and Elasticsearch gave them. */
const kindById = { 4: 'closed', 5: 'read only', 7: 'not to be read', 9: 'metadata' } as const;

export type Block = (typeof kindById)[keyof typeof kindById];

const kinds = new Map(Object.entries(kindById));

/**
 * The blocks on each index that has one. The state of the cluster tells them even of an index whose settings may not be
 * read.
 */
export async function blocksOfIndices(http: SearchHttp): Promise<Map<string, Block[]>> {
  const path = ['_cluster', 'state', 'blocks'];
  const { blocks } = await http.ask(
    { method: 'GET', path, query: { filter_path: 'blocks.indices' } },
    blocksAnswerSchema,
  );
  return new Map(
    [...blocks.indices].map(([name, byId]) => [name, Object.keys(byId).flatMap((id) => kinds.get(id) ?? [])]),
  );
}
