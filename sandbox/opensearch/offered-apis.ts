import type { Answer } from './answer.ts';
import { notOffered } from './refusals.ts';
import type { DomainRequest } from './request.ts';

/**
 * What a managed domain offers beside the paths of an index, each with all that is below it. From "Supported
 * operations in Amazon OpenSearch Service" for OpenSearch 2.17; `_opendistro` is the older name of `_plugins`, and
 * data streams and their templates have a page of their own in that guide.
 *
 * What is missing here is refused, although the server has it: `_settings`, `_recovery` and `_segments` without an
 * index before them, `_cluster/reroute`, `_shutdown` and so on.
 */
const offered = [
  ...['_alias', '_aliases', '_all', '_analyze', '_bulk', '_cat', '_count', '_dashboards', '_delete_by_query'],
  ...['_cluster/allocation/explain', '_cluster/health', '_cluster/pending_tasks', '_cluster/settings'],
  ...['_cluster/state', '_cluster/stats', '_data_stream', '_explain', '_field_caps', '_field_stats', '_flush'],
  ...['_index_template', '_ingest/pipeline', '_list', '_ltr', '_mapping', '_mget', '_msearch', '_mtermvectors'],
  ...['_nodes', '_opendistro', '_percolate', '_rank_eval', '_refresh', '_reindex', '_render', '_resolve/index'],
  ...['_rollover', '_scripts', '_search', '_shard_stores', '_shrink', '_snapshot', '_split', '_stats', '_status'],
  ...['_tasks', '_template', '_update_by_query', '_validate'],
  ...['_alerting', '_anomaly_detection', '_asynchronous_search', '_ism', '_ml', '_notifications', '_ppl'].map(plugin),
  ...['_security', '_security_analytics', '_sm', '_sql'].map(plugin),
];

/** The one path that the guide takes out again. */
const excepted = ['_cat/nodeattrs'];

function plugin(name: string): string {
  return `_plugins/${name}`;
}

/** Refuses an API that the managed service does not offer. */
export function refuseApi({ path, segments }: DomainRequest): Answer | undefined {
  const [first] = segments;
  if (first === undefined || !first.startsWith('_')) return undefined;
  const under = (api: string) => `${segments.join('/')}/`.startsWith(`${api}/`);
  return offered.some(under) && !excepted.some(under) ? undefined : notOffered(path);
}
