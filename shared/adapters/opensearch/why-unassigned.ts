import type * as z from 'zod';
import { hasCode } from '../../errors/tandem-error.ts';
import { explanationSchema, shardListSchema } from './index-answers.ts';
import type { SearchHttp } from './search-http.ts';

/** So much of it is read in an alert. */
const longest = 1_000;

/** Why the first unassigned primary of an index, or else its first unassigned replica, has no place. */
export async function whyUnassigned(http: SearchHttp, index: string): Promise<string | undefined> {
  const unassigned = (await shardsOf(http, index)).filter(({ state }) => state === 'UNASSIGNED');
  const shard = unassigned.find(({ prirep }) => prirep === 'p') ?? unassigned[0];
  if (shard === undefined) return undefined;
  const body = { index, shard: shard.shard, primary: shard.prirep === 'p' };
  const path = ['_cluster', 'allocation', 'explain'];
  return inWords(await http.ask({ method: 'POST', path, body }, explanationSchema));
}

async function shardsOf(http: SearchHttp, index: string): Promise<z.output<typeof shardListSchema>> {
  const query = { format: 'json', h: 'shard,prirep,state' };
  try {
    return await http.ask({ method: 'GET', path: ['_cat', 'shards', index], query }, shardListSchema);
  } catch (error) {
    if (hasCode(error, 'INDEX_VANISHED')) return [];
    throw error;
  }
}

function inWords(explanation: z.output<typeof explanationSchema>): string | undefined {
  const { unassigned_info, allocate_explanation, node_allocation_decisions } = explanation;
  if (allocate_explanation === undefined) return undefined;
  const objections = node_allocation_decisions
    .flatMap(({ deciders }) => deciders)
    .filter(({ decision }) => decision === 'NO')
    .map(({ decider, explanation: why }) => `${decider}: ${why}`);
  const said = new Set([unassigned_info?.details ?? '', allocate_explanation, ...objections]);
  const text = [...said].filter((part) => part !== '').join('; ');
  return text.length > longest ? `${text.slice(0, longest)}...` : text;
}
