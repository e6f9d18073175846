import type { Verification } from '../../contracts/ledger/verification.ts';
import type { SearchRecord } from '../../contracts/manifest.ts';
import type { IndexToRestore } from '../../contracts/restore-plan.ts';
import { few } from '../../core/deadline.ts';
import { definitionDifferences, whyNotCompared } from '../../core/index-definition.ts';
import type { SearchIndices } from '../../ports/search-indices.ts';
import { captureDefinitions } from '../capture-indices.ts';

/** Compares the settings and mappings of what was restored with those of the recovery point, and says where that is not possible. */
export async function verifyDefinitions(
  planned: Pick<IndexToRestore, 'name' | 'target'>[],
  search: SearchRecord | null,
  indices: Pick<SearchIndices, 'setups'> | undefined,
): Promise<Pick<Verification, 'differences' | 'remarks'>> {
  if (indices === undefined) return { differences: [], remarks: [] };
  const recorded = new Map((search?.indices ?? []).map(({ name, definition }) => [name, definition]));
  const restored = planned.filter(({ name }) => recorded.has(name));
  const live = await captureDefinitions(
    restored.flatMap(({ name, target }) => (recorded.get(name) === undefined ? [] : [target])),
    indices,
  );
  const uncompared = restored.flatMap(({ name, target }) => {
    const why = whyNotCompared(recorded.get(name), live.get(target));
    return why === undefined ? [] : [{ target, why }];
  });
  return {
    differences: restored.flatMap(({ name, target }) =>
      definitionDifferences(recorded.get(name), live.get(target)).map((difference) => ({
        ...{ kind: 'index' as const, name: target, ...difference },
        remedy: `what has changed ${target} since it was restored may change it again: stop it, and restore the index again`,
      })),
    ),
    remarks: [...Map.groupBy(uncompared, ({ why }) => why)].map(
      ([why, alike]) =>
        `the settings and mappings of ${few(alike.map(({ target }) => target))} are not compared: ${why}`,
    ),
  };
}
