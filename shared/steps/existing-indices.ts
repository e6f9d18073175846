import type { ExistingIndices } from '../core/selection.ts';
import type { SearchIndices } from '../ports/search-indices.ts';

/** What the patterns of a plan are matched against. */
export async function existingIndices(domain: Pick<SearchIndices, 'list' | 'dataStreams'>): Promise<ExistingIndices> {
  const [indices, dataStreams] = await Promise.all([domain.list(), domain.dataStreams()]);
  return { indices, dataStreams };
}
