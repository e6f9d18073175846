import type * as z from 'zod';
import { hasCode } from '../../errors/tandem-error.ts';
import type { IndexRecovery, IndexSetup, SearchIndices } from '../../ports/search-indices.ts';
import { acknowledgedSchema } from './answers.ts';
import { clusterUuidSchema, topologyAnswerSchema } from './cluster-answers.ts';
import { describeIndices } from './describe-indices.ts';
import { askEngine } from './engine.ts';
import {
  creationAnswerSchema,
  flatSettingsSchema,
  mappingsSchema,
  recoveryAnswerSchema,
  resolvedIndicesSchema,
  uuidAnswerSchema,
} from './index-answers.ts';
import { blocksOfIndices } from './index-blocks.ts';
import { healthOfIndices } from './index-health.ts';
import { madeFrom } from './made-from.ts';
import { listsOfNames } from './request-target.ts';
import type { SearchHttp } from './search-http.ts';
import { whyUnassigned } from './why-unassigned.ts';

/** The indices of a domain. It calls nothing but what the managed service offers from Elasticsearch 7.9 on. */
export function openSearchIndices(http: SearchHttp): SearchIndices {
  return {
    engine: () => askEngine(http),

    async clusterUuid() {
      return (await http.ask({ method: 'GET', path: [] }, clusterUuidSchema)).cluster_uuid;
    },

    async topology() {
      const query = { filter_path: 'number_of_data_nodes' };
      const health = await http.ask({ method: 'GET', path: ['_cluster', 'health'], query }, topologyAnswerSchema);
      return { dataNodes: health.number_of_data_nodes };
    },

    async list() {
      const { indices } = await resolveAll(http, 'indices.name');
      return indices.map(({ name }) => name);
    },

    async dataStreams() {
      return (await resolveAll(http, 'data_streams')).data_streams;
    },

    describe: (names) => describeIndices(http, names),

    async setups(names) {
      const setups = new Map<string, IndexSetup>();
      for (const list of listsOfNames(names)) {
        for (const [name, setup] of await setupsOfList(http, list)) if (list.includes(name)) setups.set(name, setup);
      }
      return setups;
    },

    async uuids(names) {
      const found = await settingOfEach(http, names, 'uuid', uuidAnswerSchema);
      return new Map(found.map(([name, { uuid }]) => [name, uuid]));
    },

    async createdAt(names) {
      const found = await settingOfEach(http, names, 'creation_date', creationAnswerSchema);
      return new Map(found.map(([name, { creation_date }]) => [name, creation_date]));
    },

    async aliases() {
      const { aliases } = await resolveAll(http, 'aliases');
      return new Map(aliases.map(({ name, indices }) => [name, indices]));
    },

    async undeletable() {
      const blocks = [...(await blocksOfIndices(http))];
      return blocks
        .filter(([, kinds]) => kinds.includes('read only') || kinds.includes('metadata'))
        .map(([name]) => name);
    },

    async delete(names) {
      for (const list of listsOfNames(names)) await deleteList(http, list);
    },

    async close(names) {
      for (const list of listsOfNames(names)) {
        await http.ask({ method: 'POST', path: [list.join(','), '_close'] }, acknowledgedSchema);
      }
    },

    async open(names) {
      for (const list of listsOfNames(names)) {
        // Whoever asks looks at the shards by himself: the server would wait for them.
        const query = { wait_for_active_shards: '0' };
        await http.ask({ method: 'POST', path: [list.join(','), '_open'], query }, acknowledgedSchema);
      }
    },

    async setReplicas(names, replicas) {
      const body = { 'index.number_of_replicas': replicas };
      for (const list of listsOfNames(names)) {
        await http.ask({ method: 'PUT', path: [list.join(','), '_settings'], body }, acknowledgedSchema);
      }
    },

    async changeAliases(actions) {
      await http.askOnce({ method: 'POST', path: ['_aliases'], body: { actions } }, acknowledgedSchema);
    },

    async recovery(names) {
      const recoveries: IndexRecovery[] = [];
      for (const list of listsOfNames(names)) recoveries.push(...(await recoveryOfList(http, list)));
      return recoveries;
    },

    whyUnassigned: (index) => whyUnassigned(http, index),
  };
}

/** Unlike `_cat/indices`, `_settings` and `_alias` this is not refused whole because of one index that may not be read. */
function resolveAll(http: SearchHttp, filter_path: string) {
  const query = { expand_wildcards: 'all', filter_path };
  return http.ask({ method: 'GET', path: ['_resolve', 'index', '*'], query }, resolvedIndicesSchema);
}

async function setupsOfList(http: SearchHttp, names: string[]): Promise<[string, IndexSetup][]> {
  const list = names.join(',');
  const query = { ignore_unavailable: 'true' };
  const [settings, mappings] = await Promise.all([
    http.ask(
      { method: 'GET', path: [list, '_settings'], query: { ...query, flat_settings: 'true' } },
      flatSettingsSchema,
    ),
    http.ask({ method: 'GET', path: [list, '_mapping'], query }, mappingsSchema),
  ]);
  return [...settings].map(([name, own]) => [name, { settings: own, mappings: mappings.get(name) ?? {} }]);
}

/** One that is missing makes the server refuse the whole list, so that then each is deleted by itself. */
async function deleteList(http: SearchHttp, names: string[]): Promise<void> {
  try {
    await http.ask({ method: 'DELETE', path: [names.join(',')] }, acknowledgedSchema);
  } catch (error) {
    if (!hasCode(error, 'INDEX_VANISHED')) throw error;
    if (names.length > 1) for (const name of names) await deleteList(http, [name]);
  }
}

/**
 * Health alone does not tell whether an index is restored: just after the restore was accepted it is yellow, without an
 * active shard (seen). And the recovery of a shard keeps its type only until the shard moves or its node starts anew:
 * then SNAPSHOT becomes PEER or EXISTING_STORE. So every primary counts that is active, done and not made empty.
 *
 * Health is read first, so that it is never newer than what is told of the recovery: a green index has ended it by then.
 */
async function recoveryOfList(http: SearchHttp, names: string[]): Promise<IndexRecovery[]> {
  const health = await healthOfIndices(http);
  const blocks = await blocksOfIndices(http);
  const path = [names.join(','), '_recovery'];
  const recoveries = await http.ask(
    { method: 'GET', path, query: { ignore_unavailable: 'true' } },
    recoveryAnswerSchema,
  );
  return names.flatMap((index) => {
    const state = health.get(index);
    if (state === undefined) return [];
    const primaries = (recoveries.get(index)?.shards ?? []).filter(({ primary }) => primary);
    const restored = primaries.filter(({ stage, type }) => stage === 'DONE' && type !== 'EMPTY_STORE');
    return {
      index,
      open: !blocks.get(index)?.includes('closed'),
      health: state.status,
      initializing: state.initializing_shards + state.relocating_shards > 0,
      primariesDone: Math.min(state.active_primary_shards, new Set(restored.map(({ id }) => id)).size),
      madeFrom: madeFrom(primaries),
    };
  });
}

/** One setting of each of the named indices that exist, by name. */
async function settingOfEach<Settings>(
  http: SearchHttp,
  names: string[],
  setting: string,
  schema: z.ZodType<Map<string, Settings>>,
): Promise<[name: string, settings: Settings][]> {
  const settings: [string, Settings][] = [];
  for (const list of listsOfNames(names)) {
    const path = [list.join(','), '_settings', `index.${setting}`];
    const found = await http.ask({ method: 'GET', path, query: { ignore_unavailable: 'true' } }, schema);
    // An alias answers for the index behind it, which was not asked for.
    settings.push(...[...found].filter(([name]) => list.includes(name)));
  }
  return settings;
}
