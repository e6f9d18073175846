import { few } from '../../../core/deadline.ts';
import { TandemError } from '../../../errors/tandem-error.ts';
import type { SearchDomain } from '../../../ports/search-domain.ts';
import type { Verdict } from './verdict.ts';

/** Whether something is going on in the domain that a restore would collide with. Finds SNAPSHOT_RUNNING. */
export async function snapshotGuard({ snapshots }: SearchDomain): Promise<Verdict> {
  const running = await snapshots.running();
  if (running.length === 0) return { problems: [], remarks: [] };
  const problem = new TandemError('SNAPSHOT_RUNNING', `Not now: snapshot ${few(running)} is running.`);
  return { problems: [problem], remarks: [] };
}
