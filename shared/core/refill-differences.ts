import type { Difference, RefillProgress } from '../contracts/ledger.ts';
import { isDisturbed } from './refill.ts';

/** How the items of a refilled table differ from those of its backup: by what was counted while they were compared. */
export function refillDifferences(name: string, progress: RefillProgress | undefined): Difference[] {
  const differs = { kind: 'table', name, what: 'items' } as const;
  if (progress === undefined || !progress.done) {
    return [{ ...differs, expected: 'as in the backup', found: 'not compared to the end' }];
  }
  if (!isDisturbed(progress)) return [];
  return [
    {
      ...differs,
      expected: `the ${progress.items} of the backup`,
      found: `${progress.kept} of them`,
      remedy:
        'somebody wrote to the table while it was refilled, or DynamoDB deleted what had expired: stop who writes, then carry on with the run, which compares the table once more',
    },
  ];
}
