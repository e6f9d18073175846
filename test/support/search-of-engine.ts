import { type SearchClient, searchClient } from '../../sandbox/demo/search-client.ts';
import type { IndexRecord } from '../../shared/contracts/manifest.ts';
import type { ClusterDisks, Watermark } from '../../shared/ports/cluster-readings.ts';

/** What an index is made with. */
export interface NewIndex {
  documents?: number;
  primaries?: number;
  replicas?: number;
  aliases?: IndexRecord['aliases'];
}

/** What a test does with a search engine beside the ports. */
export function searchOfEngine(endpoint: string) {
  const call = searchClient(endpoint);
  const setSettings = async (name: string, settings: Record<string, unknown>) => {
    await call('PUT', `${pathOf(name)}/_settings`, settings);
  };
  return {
    async createIndex(name: string, { documents = 0, primaries = 1, replicas = 0, aliases = {} }: NewIndex) {
      const settings = { number_of_shards: primaries, number_of_replicas: replicas };
      const mappings = { properties: { parts: { type: 'nested' } } };
      await call('PUT', pathOf(name), { settings, mappings, aliases });
      if (documents > 0) await addDocuments(call, name, documents);
    },
    /** Makes an index that no node may hold. */
    async createRedIndex(name: string) {
      const settings = { 'index.routing.allocation.require.box': 'none', number_of_replicas: 0 };
      await call('PUT', `${pathOf(name)}?wait_for_active_shards=0`, { settings });
    },
    /** Makes a data stream, which takes a template that matches its name. */
    async createDataStream(name: string) {
      await call('PUT', `/_index_template/${encodeURIComponent(name)}`, { index_patterns: [name], data_stream: {} });
      await call('PUT', `/_data_stream/${encodeURIComponent(name)}`);
    },
    addDocuments: (name: string, count: number) => addDocuments(call, name, count),
    /** Removes an index, if it is there. */
    async removeIndex(name: string) {
      await call('DELETE', `${pathOf(name)}?ignore_unavailable=true`);
    },
    /** Changes settings, `null` taking one back. */
    setSettings,
    setReadOnly: (name: string, readOnly: boolean) => setSettings(name, { 'index.blocks.read_only': readOnly || null }),
    /** How full the disks may get; undefined for what the server was started with, which is as full as they are. */
    async setWatermarks(watermarks: ClusterDisks['watermarks'] | undefined) {
      const disk = 'cluster.routing.allocation.disk';
      const persistent = {
        [`${disk}.threshold_enabled`]: watermarks === undefined ? null : true,
        [`${disk}.watermark.low`]: watermarks === undefined ? null : inWords(watermarks.low),
        [`${disk}.watermark.high`]: watermarks === undefined ? null : inWords(watermarks.high),
        [`${disk}.watermark.flood_stage`]: watermarks === undefined ? null : inWords(watermarks.high),
      };
      await call('PUT', '/_cluster/settings', { persistent });
    },
    settingsOf: (name: string) => call('GET', `${pathOf(name)}/_settings?flat_settings=true`),
  };
}

function inWords(watermark: Watermark): string {
  return 'usedShare' in watermark ? `${watermark.usedShare * 100}%` : `${watermark.freeBytes / 1_024 ** 2}mb`;
}

/** Each document has two nested ones, and nothing is refreshed: a count has to cope with both. */
async function addDocuments(call: SearchClient, name: string, count: number): Promise<void> {
  const lines = Array.from({ length: count }, () => [
    { index: {} },
    { title: crypto.randomUUID(), parts: [{ size: Math.random() }, { size: Math.random() }] },
  ]);
  await call('POST', `${pathOf(name)}/_bulk`, lines.flat());
}

function pathOf(name: string): string {
  return `/${encodeURIComponent(name)}`;
}
