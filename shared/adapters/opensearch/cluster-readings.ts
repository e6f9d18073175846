import type { ClusterReadings } from '../../ports/cluster-readings.ts';
import { clusterHealthSchema, shardsPerNodeSchema } from './cluster-answers.ts';
import { disksOf } from './disks.ts';
import type { SearchHttp } from './search-http.ts';

const told = ['status', 'number_of_data_nodes', 'active_shards', 'initializing_shards', 'unassigned_shards'];

/** A domain as a whole. */
export function clusterReadings(http: SearchHttp): ClusterReadings {
  return {
    async health() {
      const query = { filter_path: told.join(',') };
      const health = await http.ask({ method: 'GET', path: ['_cluster', 'health'], query }, clusterHealthSchema);
      return {
        status: health.status,
        dataNodes: health.number_of_data_nodes,
        shards: health.active_shards + health.initializing_shards + health.unassigned_shards,
        unassigned: health.unassigned_shards,
      };
    },

    async shardsPerNode() {
      const query = { include_defaults: 'true', filter_path: '*.cluster.max_shards_per_node' };
      const path = ['_cluster', 'settings'];
      const { transient, persistent, defaults } = await http.ask({ method: 'GET', path, query }, shardsPerNodeSchema);
      return (transient ?? persistent ?? defaults).cluster.max_shards_per_node;
    },

    disks: () => disksOf(http),
  };
}
