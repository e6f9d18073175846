import type { RestoreRun } from '../../contracts/ledger/restore-run.ts';
import type { SearchPlan } from '../../contracts/plan-file.ts';
import type { RestoreSource } from '../../contracts/restore-source.ts';
import { TandemError } from '../../errors/tandem-error.ts';

/** How the domain is reached that indices are restored to; null where the plan has none. */
export function connectionOf(search: SearchPlan | undefined): RestoreRun['connection'] {
  return search === undefined ? null : { endpoint: search.endpoint, auth: search.auth };
}

/** The same, where indices are restored. @throws TandemError USAGE where there are indices and the plan has no domain */
export function connectionFor(
  search: SearchPlan | undefined,
  source: RestoreSource,
  indices: string[],
): RestoreRun['connection'] {
  if (indices.length === 0) return null;
  const connection = connectionOf(search);
  if (connection !== null) return connection;
  const message = `Recovery point ${source.recoveryPoint} holds indices, but plan ${source.plan} has no search domain.`;
  throw new TandemError('USAGE', message, { remedy: 'Give the plan its search part, or restore with --tables alone.' });
}
