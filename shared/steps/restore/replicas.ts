import type { IndexRestore } from '../../contracts/ledger/restores.ts';
import type { SearchIndices } from '../../ports/search-indices.ts';
import { indexRestorePart } from '../ledger.ts';
import type { IndicesOfRun } from './indices-of-run.ts';

/** Gives indices the replicas that they were restored without. @throws TandemError INDEX_VANISHED, INDEX_BLOCKED */
export async function giveReplicas(
  names: string[],
  withoutReplicas: IndexRestore['withoutReplicas'],
  indices: SearchIndices,
): Promise<void> {
  const byNumber = Map.groupBy(names, (name) => withoutReplicas.get(name) ?? 0);
  for (const [replicas, group] of byNumber) await indices.setReplicas(group, replicas);
}

/**
 * Gives every index its replicas that this restore or an earlier one has left without, wherever it ended. Where somebody
 * has given it some meanwhile, those stay.
 */
export async function putReplicasBack({ ledger, earlier, domain }: IndicesOfRun): Promise<void> {
  for (const one of [...earlier, ledger]) {
    const entry = await one.read(indexRestorePart);
    if (entry === undefined || entry.value.withoutReplicas.size === 0) continue;
    const { withoutReplicas, requested } = entry.value;
    const asked = [...withoutReplicas.keys()].filter((name) => requested.includes(name));
    const bare = (await domain.indices.describe(asked)).filter(({ replicas }) => replicas === 0);
    await giveReplicas(
      bare.map(({ name }) => name),
      withoutReplicas,
      domain.indices,
    );
    await one.write(indexRestorePart, { ...entry.value, withoutReplicas: new Map() }, entry);
  }
}
