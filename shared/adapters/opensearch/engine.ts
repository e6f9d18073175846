import type { Engine } from '../../contracts/manifest.ts';
import { engineAnswerSchema, nodesAnswerSchema } from './cluster-answers.ts';
import type { SearchHttp } from './search-http.ts';

/** At its root a search server has an answer for every client that it lets in. */
const strangers = { untyped: 'SEARCH_NOT_A_CLUSTER' } as const;

/** What a domain runs. */
export async function askEngine(http: SearchHttp): Promise<Engine> {
  const { version, tagline } = await http.ask({ method: 'GET', path: [] }, engineAnswerSchema, strangers);
  const isOpenSearch = version.distribution === 'opensearch' || tagline.includes('OpenSearch');
  if (!isOpenSearch) return { distribution: 'elasticsearch', version: version.number };
  const pretends = version.number.startsWith('7.');
  return { distribution: 'opensearch', version: pretends ? await ownVersion(http) : version.number };
}

/**
 * In compatibility mode (`override_main_response_version`), which managed domains may have, OpenSearch 1 and 2 call
 * themselves version 7.10.2, without the distribution; the tagline and the nodes tell the truth. The oldest node counts:
 * it may hold a shard while the domain is being upgraded.
 */
async function ownVersion(http: SearchHttp): Promise<string> {
  const query = { filter_path: 'nodes.*.version' };
  const { nodes } = await http.ask({ method: 'GET', path: ['_nodes'], query }, nodesAnswerSchema);
  const versions = Object.values(nodes).map(({ version }) => version);
  return versions.sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))[0] ?? '';
}
