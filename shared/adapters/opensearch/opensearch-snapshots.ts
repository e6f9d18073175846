import type * as z from 'zod';
import { hasCode, TandemError } from '../../errors/tandem-error.ts';
import type { Snapshot, Snapshots } from '../../ports/snapshots.ts';
import { acceptedSchema, acknowledgedSchema } from './answers.ts';
import type { SearchHttp } from './search-http.ts';
import {
  progressSchema,
  repositoriesSchema,
  runningSnapshotsSchema,
  snapshotContentsSchema,
  snapshotsSchema,
  verifiedSchema,
} from './snapshot-answers.ts';

/**
 * Index settings that a restore leaves behind: filters that pin an index to single nodes, by name or address. Those
 * nodes may be gone, and then no shard finds a place. Everything else comes back as it was, blocks included: none of
 * them keeps a restore from ending green (seen with OpenSearch 3.8 and Elasticsearch 7.10).
 */
const ignoredSettings = ['_name', '_id', '_ip', '_host', '_host_ip', '_publish_ip'].map(
  (attribute) => `index.routing.allocation.*.${attribute}`,
);

/** The snapshots of a domain. None waits for completion: a managed domain cuts such a request off with 504. */
export function openSearchSnapshots(http: SearchHttp): Snapshots {
  return {
    async repository(name) {
      const path = ['_snapshot', name];
      const repositories = await orUndefined(
        http.ask({ method: 'GET', path }, repositoriesSchema),
        'REPOSITORY_NOT_FOUND',
      );
      return repositories?.[name];
    },

    repositories: () => http.ask({ method: 'GET', path: ['_snapshot'] }, repositoriesSchema),

    async register(name, definition) {
      const path = ['_snapshot', name];
      await http.ask({ method: 'PUT', path, query: { verify: 'false' }, body: definition }, acknowledgedSchema);
    },

    async unregister(name) {
      await orUndefined(
        http.ask({ method: 'DELETE', path: ['_snapshot', name] }, acknowledgedSchema),
        'REPOSITORY_NOT_FOUND',
      );
    },

    async verify(name) {
      await http.ask({ method: 'POST', path: ['_snapshot', name, '_verify'] }, verifiedSchema);
    },

    async get(repository, snapshot) {
      const path = ['_snapshot', repository, snapshot];
      const answer = await orUndefined(http.ask({ method: 'GET', path }, snapshotsSchema), 'SNAPSHOT_NOT_FOUND');
      const found = answer?.snapshots.find((each) => each.snapshot === snapshot);
      return found && snapshotOf(found);
    },

    async list(repository) {
      const { snapshots } = await http.ask({ method: 'GET', path: ['_snapshot', repository, '_all'] }, snapshotsSchema);
      return snapshots.map(snapshotOf).sort((a, b) => b.startedAt.getTime() - a.startedAt.getTime());
    },

    async contents(repository, snapshot) {
      const path = ['_snapshot', repository, snapshot, '_status'];
      const query = {
        filter_path: 'snapshots.indices.*.shards_stats.total,snapshots.indices.*.stats.total.size_in_bytes',
      };
      const { snapshots } = await http.ask({ method: 'GET', path, query }, snapshotContentsSchema);
      return snapshots.flatMap(({ indices }) =>
        Object.entries(indices).map(([name, { shards_stats: shards, stats }]) => ({
          name,
          primaries: shards.total,
          bytes: stats.total.size_in_bytes,
        })),
      );
    },

    async running() {
      const query = { filter_path: 'snapshots.repository,snapshots.snapshot' };
      const { snapshots } = await http.ask(
        { method: 'GET', path: ['_snapshot', '_status'], query },
        runningSnapshotsSchema,
      );
      return snapshots.map(({ repository, snapshot }) => `${repository}/${snapshot}`);
    },

    async progress(repository, snapshot) {
      // Without the name of a snapshot only running ones are told; with it, a finished one would be read shard by shard.
      const path = ['_snapshot', repository, '_status'];
      const query = { filter_path: 'snapshots.snapshot,snapshots.shards_stats,snapshots.stats.processed' };
      const { snapshots } = await http.ask({ method: 'GET', path, query }, progressSchema);
      const found = snapshots.find((each) => each.snapshot === snapshot);
      if (found === undefined) return undefined;
      const { done, failed, total } = found.shards_stats;
      return { shardsDone: done + failed, shardsTotal: total, bytes: found.stats.processed?.size_in_bytes ?? 0 };
    },

    async start(repository, snapshot, indices, metadata) {
      refuseNone(indices, 'INDICES_MATCH_NOTHING');
      const path = ['_snapshot', repository, snapshot];
      const body = { indices, include_global_state: false, partial: false, ignore_unavailable: false, metadata };
      await http.askOnce({ method: 'PUT', path, body }, acceptedSchema);
    },

    async restore(repository, snapshot, indices, as, how) {
      refuseNone(indices, 'NOTHING_TO_RESTORE');
      const path = ['_snapshot', repository, snapshot, '_restore'];
      const body = {
        indices,
        include_global_state: false,
        include_aliases: as === undefined,
        ...(as && { rename_pattern: as.pattern, rename_replacement: as.replacement }),
        partial: false,
        ignore_index_settings: ignoredSettings,
        ...(how?.withoutReplicas && { index_settings: { 'index.number_of_replicas': 0 } }),
      };
      const refusals = { index_not_found_exception: 'SNAPSHOT_CHANGED' } as const;
      await http.askOnce({ method: 'POST', path, body }, acceptedSchema, refusals);
    },
  };
}

/** To the server an empty list means every index there is (seen), system indices included. */
function refuseNone(indices: string[], code: 'INDICES_MATCH_NOTHING' | 'NOTHING_TO_RESTORE'): void {
  if (indices.length === 0) throw new TandemError(code, 'The list of indices is empty.');
}

async function orUndefined<T>(
  answer: Promise<T>,
  code: 'REPOSITORY_NOT_FOUND' | 'SNAPSHOT_NOT_FOUND',
): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (hasCode(error, code)) return undefined;
    throw error;
  }
}

function snapshotOf(answer: z.output<typeof snapshotsSchema>['snapshots'][number]): Snapshot {
  const ended = answer.state !== 'IN_PROGRESS' && answer.end_time_in_millis > 0;
  return {
    name: answer.snapshot,
    uuid: answer.uuid,
    state: answer.state,
    indices: answer.indices,
    metadata: answer.metadata ?? {},
    startedAt: new Date(answer.start_time_in_millis),
    completedAt: ended ? new Date(answer.end_time_in_millis) : undefined,
    shards: answer.shards,
    failures: answer.failures.map(
      ({ index, shard_id, reason }) => `${index}[${shard_id ?? '?'}]: ${reason ?? 'unknown'}`,
    ),
    version: answer.version,
  };
}
