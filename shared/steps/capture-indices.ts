import type { IndexDefinition, IndexRecord } from '../contracts/manifest.ts';
import { capturedDefinition } from '../core/index-definition.ts';
import { hasCode } from '../errors/tandem-error.ts';
import type { SearchIndices } from '../ports/search-indices.ts';

/**
 * The mappings and settings of indices, by name. That they cannot be read keeps nobody from backing up or restoring: then
 * it says why.
 */
export async function captureDefinitions(
  names: string[],
  indices: Pick<SearchIndices, 'setups'>,
): Promise<Map<string, IndexDefinition>> {
  try {
    const setups = await indices.setups(names);
    return new Map([...setups].map(([name, setup]) => [name, capturedDefinition(setup)]));
  } catch (error) {
    if (!hasCode(error, 'SEARCH_UNAUTHORIZED', 'INDEX_BLOCKED')) throw error;
    const notCaptured = String(error);
    return new Map(names.map((name) => [name, { notCaptured }]));
  }
}

/** The records with the definitions that were captured. */
export function withDefinitions(records: IndexRecord[], definitions: ReadonlyMap<string, IndexDefinition>) {
  return records.map((record) => {
    const definition = definitions.get(record.name);
    return definition === undefined ? record : { ...record, definition };
  });
}
