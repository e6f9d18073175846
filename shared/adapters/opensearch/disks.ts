import type { ClusterDisks } from '../../ports/cluster-readings.ts';
import { diskSettingsSchema, disksAnswerSchema } from './cluster-answers.ts';
import type { SearchHttp } from './search-http.ts';

/** What the engines take where nobody set anything and the server does not tell its defaults. */
const usual = { low: { usedShare: 0.85 }, high: { usedShare: 0.9 } };

const full = { usedShare: 1 };

/** The disks of the data nodes, and their watermarks: both are read with what a managed domain offers. */
export async function disksOf(http: SearchHttp): Promise<ClusterDisks> {
  const { nodes } = await http.ask(
    {
      method: 'GET',
      path: ['_nodes', 'data:true', 'stats', 'fs'],
      query: { filter_path: 'nodes.*.fs.total.total_in_bytes,nodes.*.fs.total.available_in_bytes' },
    },
    disksAnswerSchema,
  );
  const disks = Object.values(nodes).map(({ fs }) => ({
    totalBytes: fs.total.total_in_bytes,
    availableBytes: fs.total.available_in_bytes,
  }));
  return { nodes: disks, watermarks: await watermarksOf(http) };
}

/** What was set for a while goes before what was set to stay, and that before the defaults. */
async function watermarksOf(http: SearchHttp): Promise<ClusterDisks['watermarks']> {
  const query = { include_defaults: 'true', filter_path: '*.cluster.routing.allocation.disk' };
  const answer = await http.ask({ method: 'GET', path: ['_cluster', 'settings'], query }, diskSettingsSchema);
  const levels = [answer.transient, answer.persistent, answer.defaults];
  const set = <T>(pick: (level: NonNullable<(typeof levels)[number]>) => T | undefined) =>
    levels.map((level) => level && pick(level)).find((value) => value !== undefined);
  if (set(({ threshold_enabled }) => threshold_enabled) === false) return { low: full, high: full };
  return {
    low: set(({ watermark }) => watermark.low) ?? usual.low,
    high: set(({ watermark }) => watermark.high) ?? usual.high,
  };
}
