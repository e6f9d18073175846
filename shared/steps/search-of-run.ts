import type { BackupRun } from '../contracts/ledger/backup-run.ts';
import { TandemError } from '../errors/tandem-error.ts';
import { backupRunPart, type Ledger } from './ledger.ts';

export type SearchOfRun = NonNullable<BackupRun['search']>;

/** The search side of a backup run. @throws TandemError USAGE where the run has none, which its state machine rules out */
export async function searchOfRun(ledger: Ledger): Promise<SearchOfRun> {
  const run = (await ledger.get(backupRunPart)).value;
  if (run.search !== null) return run.search;
  throw new TandemError('USAGE', `Run ${run.run} has no search side.`);
}
