import type { Engine, Manifest } from '../../contracts/manifest.ts';
import type { SearchPlan } from '../../contracts/plan-file.ts';
import type { ErrorCode } from '../../errors/catalogue.ts';
import type { ClusterHealth } from '../../ports/cluster-readings.ts';
import { domainAt } from '../domain-address.ts';
import { unreadableIndices } from '../engine-compatibility.ts';
import { domainChecks } from './checks/domain.ts';
import { curlOf } from './curl.ts';
import { type Finding, finderOf, judged, notChecked, ok } from './finding.ts';
import type { Observed } from './observed.ts';

const found = finderOf(domainChecks);

/** The part of its shards from which on a cluster is nearly full. */
const nearly = 0.9;

/** Whether the cluster has what a snapshot needs: a primary of every shard. */
export function judgeHealth(health: Observed<ClusterHealth>, search: SearchPlan, region: string): Finding {
  return judged('CLUSTER_HEALTH', health, ({ status, unassigned }) => {
    if (status !== 'red') return ok('CLUSTER_HEALTH', status);
    const { endpoint } = search;
    return found('CLUSTER_HEALTH', 'red', { shards: unassigned, endpoint, curl: curlOf(search, region) });
  });
}

/**
 * Whether the cluster takes more shards: it refuses to make an index, a restored one too, that would go past
 * cluster.max_shards_per_node times the number of data nodes.
 */
export function judgeShards(health: Observed<ClusterHealth>, limitOfNode: Observed<number>): Finding {
  return judged('SHARD_LIMIT', health, ({ shards, dataNodes: nodes }) =>
    judged('SHARD_LIMIT', limitOfNode, (perNode) => {
      const limit = perNode * nodes;
      const values = { shards, limit, perNode, nodes };
      if (shards >= limit) return found('SHARD_LIMIT', 'reached', values);
      if (shards >= limit * nearly) return found('SHARD_LIMIT', 'near', values);
      return ok('SHARD_LIMIT', `${shards} of ${limit}`);
    }),
  );
}

/**
 * Whether the engine can read what the recovery points hold: a domain may have been replaced by an older one.
 *
 * @param recoveryPoints the newest first
 */
export function judgeEngine(engine: Observed<Engine>, recoveryPoints: Observed<Manifest[]>, endpoint: string): Finding {
  return judged('ENGINE_VERSION', engine, (own) => {
    const name = `${own.distribution} ${own.version}`;
    return judged('ENGINE_VERSION', recoveryPoints, (manifests) => {
      const [newest] = manifests;
      if (newest === undefined) return notChecked('ENGINE_VERSION', 'there is no recovery point yet');
      const [manifest] = manifests.filter(({ search }) => unreadableIndices(own, search?.indices ?? []).length > 0);
      if (manifest?.search == null) return ok('ENGINE_VERSION', name);
      const { engine: maker, indices } = manifest.search;
      const unreadable = unreadableIndices(own, indices);
      return found('ENGINE_VERSION', manifest === newest ? 'tooOld' : 'tooOldForSome', {
        engine: name,
        point: manifest.recoveryPoint,
        maker: `${maker.distribution} ${maker.version}`,
        indices: unreadable.map(({ name: index, createdVersion }) => `${index} (${createdVersion})`),
        domain: domainAt(endpoint)?.name ?? 'NAME',
        target: `${maker.distribution === 'opensearch' ? 'OpenSearch' : 'Elasticsearch'}_${maker.version.split('.').slice(0, 2).join('.')}`,
      });
    });
  });
}

/** Whether the patterns of the plan select what can be backed up. */
export function judgeIndices(selected: Observed<string[]>): Finding {
  if ('unseen' in selected && isOfPatterns(selected.unseen.code)) {
    return found('INDICES_SELECTED', 'nothing', { why: selected.unseen.message });
  }
  return judged('INDICES_SELECTED', selected, (names) => ok('INDICES_SELECTED', `${names.length} indices`));
}

function isOfPatterns(code: ErrorCode | undefined): boolean {
  return code === 'INDICES_MATCH_NOTHING' || code === 'DATA_STREAM';
}
