import type { IndexRecord, SearchRecord } from '../../contracts/manifest.ts';
import type { FastRestore, IndexToRestore, RestorePlan } from '../../contracts/restore-plan.ts';
import { lifted, recoveryThrottles, repositoryRemarks, throttleStays } from '../../core/recovery-throttles.ts';
import type { SearchDomain } from '../../ports/search-domain.ts';
import type { WantedSetting } from './changed-settings.ts';
import { ifReadable } from './guards/verdict.ts';

/**
 * What a fast restore lifts for its time, as the plan shows it: the throttles of the cluster, and the replicas of the
 * indices, which are copied once the primaries are there.
 */
export async function planFast(
  indices: IndexToRestore[],
  { repository, indices: records }: SearchRecord,
  domain: SearchDomain,
): Promise<{ fast: FastRestore; remarks: string[] }> {
  const throttles: FastRestore['throttles'] = [];
  const remarks: string[] = [];
  for (const name of recoveryThrottles) {
    const now = await ifReadable(() => domain.settings.read(name));
    if ('unseen' in now) remarks.push(throttleStays(name, now.unseen.message));
    else throttles.push(...[lifted(name, now.seen) ?? []].flat());
  }
  remarks.push(...repositoryRemarks(repository.name, await domain.snapshots.repository(repository.name)));
  return { fast: { throttles, replicas: replicasOf(indices, records) }, remarks };
}

function replicasOf(indices: IndexToRestore[], records: IndexRecord[]): FastRestore['replicas'] {
  const numbers = new Map(records.map(({ name, replicas }) => [name, replicas]));
  return indices
    .filter(({ action }) => action !== 'remove')
    .map(({ name, target }) => ({ index: target, replicas: numbers.get(name) ?? 0 }))
    .filter(({ replicas }) => replicas > 0);
}

/** The throttles that a restore lifts, whatever they are by now. */
export function liftedThrottles({ fast }: Pick<RestorePlan, 'fast'>): WantedSetting[] {
  return (fast?.throttles ?? []).map(({ name }) => ({
    name,
    during: (before) => lifted(name, { level: 'persistent', value: before })?.during,
    refused: (why) => throttleStays(name, why),
  }));
}
