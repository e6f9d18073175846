import * as z from 'zod';
import type { Answer } from './answer.ts';
import { payloadNotOffered } from './refusals.ts';
import { type DomainRequest, jsonOf } from './request.ts';

/** The cluster settings that a managed domain lets its users change; all others can only be read. */
const changeable = z.enum([
  'action.auto_create_index',
  'action.search.shard_count.limit',
  'cluster.max_shards_per_node',
  'cluster.search.request.slowlog.level',
  'cluster.search.request.slowlog.threshold.debug',
  'cluster.search.request.slowlog.threshold.info',
  'cluster.search.request.slowlog.threshold.trace',
  'cluster.search.request.slowlog.threshold.warn',
  'indices.breaker.fielddata.limit',
  'indices.breaker.request.limit',
  'indices.breaker.total.limit',
  'search.phase_took_enabled',
]);

/** Only the flat form (`"a.b": value`) is taken, never the nested one. */
const settings = z.partialRecord(changeable, z.union([z.string(), z.number(), z.boolean(), z.null()]));
const payload = z.strictObject({ persistent: settings.optional(), transient: settings.optional() });

/**
 * Refuses a change of a cluster setting that the managed service keeps to itself, and the nested form. From "Supported
 * operations in Amazon OpenSearch Service"; that null is taken for a setting in the list is an assumption.
 */
export function refuseClusterSettings({ method, path, segments, body }: DomainRequest): Answer | undefined {
  if (method !== 'PUT' || segments.join('/') !== '_cluster/settings') return undefined;
  return payload.safeParse(jsonOf(body)).success ? undefined : payloadNotOffered(path);
}
