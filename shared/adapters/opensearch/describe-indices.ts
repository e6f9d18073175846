import type * as z from 'zod';
import type { IndexRecord } from '../../contracts/manifest.ts';
import { shardsAnsweredSchema } from './answers.ts';
import { aliasesAnswerSchema, countsAnswerSchema, settingsAnswerSchema, storeAnswerSchema } from './index-answers.ts';
import { type Block, blocksOfIndices } from './index-blocks.ts';
import { healthOfIndices } from './index-health.ts';
import { listsOfNames } from './request-target.ts';
import type { SearchHttp } from './search-http.ts';

type Settings = z.output<typeof settingsAnswerSchema>;

const leaveOutMissing = { ignore_unavailable: 'true' };

/** What is known of each of the named indices; a name that no index has, though an alias may, is left out. */
export async function describeIndices(http: SearchHttp, names: string[]): Promise<IndexRecord[]> {
  const records: IndexRecord[] = [];
  for (const list of listsOfNames(names)) records.push(...(await describeList(http, list)));
  return records;
}

async function describeList(http: SearchHttp, asked: string[]): Promise<IndexRecord[]> {
  const settings = await settingsOf(http, asked);
  const names = asked.filter((name) => settings.has(name));
  if (names.length === 0) return [];
  const [aliases, bytes, blocks] = await Promise.all([
    aliasesOf(http, names),
    bytesOf(http, names),
    blocksOfIndices(http),
  ]);
  const documents = await documentsOf(
    http,
    names.filter((name) => isReadable(blocks.get(name))),
  );
  return names.flatMap((name) => {
    const own = settings.get(name);
    if (own === undefined) return [];
    return {
      name,
      uuid: own.uuid,
      open: !blocks.get(name)?.includes('closed'),
      documents: documents.get(name) ?? null,
      bytes: bytes.get(name)?.primaries.store.size_in_bytes ?? 0,
      primaries: own.number_of_shards,
      replicas: own.number_of_replicas,
      createdVersion: own.version.created_string,
      aliases: aliases.get(name) ?? {},
    };
  });
}

async function settingsOf(http: SearchHttp, names: string[]): Promise<Settings> {
  const query = { ...leaveOutMissing, human: 'true' };
  return http.ask({ method: 'GET', path: [names.join(','), '_settings'], query }, settingsAnswerSchema);
}

async function aliasesOf(http: SearchHttp, names: string[]) {
  return http.ask({ method: 'GET', path: [names.join(','), '_alias'], query: leaveOutMissing }, aliasesAnswerSchema);
}

async function bytesOf(http: SearchHttp, names: string[]) {
  const query = {
    ...leaveOutMissing,
    level: 'indices',
    forbid_closed_indices: 'false',
    filter_path: 'indices.*.primaries.store.size_in_bytes',
  };
  const path = [names.join(','), '_stats', 'store'];
  return (await http.ask({ method: 'GET', path, query }, storeAnswerSchema)).indices;
}

/**
 * The documents of each index that can be counted, as a search counts them: `_stats` and `_cat` count each nested
 * document as one more. One search counts all of them, by the field `_index`.
 */
async function documentsOf(http: SearchHttp, names: string[]): Promise<Map<string, number>> {
  const countable = await wholeOnes(http, names);
  if (countable.length === 0) return new Map();
  const path = countable.join(',');
  // A search does not see what was written since the last refresh, but a snapshot holds it.
  await http.ask({ method: 'POST', path: [path, '_refresh'], query: leaveOutMissing }, shardsAnsweredSchema);
  const { aggregations } = await http.ask(
    {
      method: 'POST',
      path: [path, '_search'],
      query: { ...leaveOutMissing, allow_partial_search_results: 'false' },
      // Without a query the security plugin takes this for a list of what the caller may read, lets everybody ask for it, and
      // answers that there is no document where he may not (seen with 3.4).
      body: {
        size: 0,
        query: { match_all: {} },
        aggs: { indices: { terms: { field: '_index', size: countable.length } } },
      },
    },
    countsAnswerSchema,
  );
  const counted = new Map(aggregations.indices.buckets.map(({ key, doc_count }) => [key, doc_count]));
  return new Map(countable.map((name) => [name, counted.get(name) ?? 0]));
}

/** Closed indices refuse to be searched, and blocked ones to be read. */
function isReadable(blocks: Block[] = []): boolean {
  return !blocks.includes('closed') && !blocks.includes('not to be read');
}

/**
 * A refresh of an index that lacks a primary hangs for a minute (seen), and the snapshot will say what is wrong with it.
 */
async function wholeOnes(http: SearchHttp, names: string[]): Promise<string[]> {
  const health = await healthOfIndices(http);
  return names.filter((name) => {
    const { number_of_shards, active_primary_shards } = health.get(name) ?? {};
    return active_primary_shards !== undefined && active_primary_shards === number_of_shards;
  });
}
