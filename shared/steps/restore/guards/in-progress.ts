import { few } from '../../../core/deadline.ts';
import { TandemError } from '../../../errors/tandem-error.ts';
import type { SearchDomain } from '../../../ports/search-domain.ts';
import { type OwnSafetyPoint, ofOthers } from '../safety-point.ts';
import type { Verdict } from './verdict.ts';

/**
 * Whether something is going on in the domain that a restore would collide with; what its own safety point is at is waited
 * for instead. Finds SNAPSHOT_RUNNING.
 */
export async function snapshotGuard({ snapshots }: SearchDomain, own: OwnSafetyPoint): Promise<Verdict> {
  const running = ofOthers(await snapshots.running(), own);
  if (running.length === 0) return { problems: [], remarks: [] };
  const problem = new TandemError('SNAPSHOT_RUNNING', `Not now: snapshot ${few(running)} is running.`);
  return { problems: [problem], remarks: [] };
}
