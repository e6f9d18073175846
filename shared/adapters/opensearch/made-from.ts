import type * as z from 'zod';
import type { IndexRecovery } from '../../ports/search-indices.ts';
import type { recoveryAnswerSchema } from './index-answers.ts';

type Shard = NonNullable<ReturnType<z.output<typeof recoveryAnswerSchema>['get']>>['shards'][number];

/** What `_recovery` says of a shard that was made from something else: nothing at all, or the shards of another index. */
const withoutSnapshot = ['EMPTY_STORE', 'LOCAL_SHARDS'];

/** What an index was made from, by the recoveries of its primaries. PEER and EXISTING_STORE say nothing of it. */
export function madeFrom(primaries: Shard[]): IndexRecovery['madeFrom'] {
  for (const { type, source } of primaries) {
    const { repository, snapshot } = source;
    if (type === 'SNAPSHOT' && repository !== undefined && snapshot !== undefined) return { repository, snapshot };
  }
  return primaries.some(({ type }) => withoutSnapshot.includes(type)) ? 'NO_SNAPSHOT' : undefined;
}
