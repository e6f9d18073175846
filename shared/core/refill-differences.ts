import type { RefillProgress } from '../contracts/ledger/refills.ts';
import type { Difference } from '../contracts/ledger/verification.ts';
import { isDisturbed } from './refill.ts';

/**
 * How the items of a refilled table differ from those of its backup: by what was counted while they were compared.
 *
 * @param counted the items that it has afterwards, where somebody has them counted
 */
export function refillDifferences(
  name: string,
  progress: RefillProgress | undefined,
  counted: number | undefined,
): Difference[] {
  const differs = { kind: 'table', name, what: 'items' } as const;
  if (progress === undefined || !progress.done) {
    return [{ ...differs, expected: 'as in the backup', found: 'not compared to the end' }];
  }
  if (!isDisturbed(progress)) return counted === undefined ? [] : countDifferences(name, progress.items, counted);
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

/** How many items a backup holds is known exactly once they were compared, and what DynamoDB says of it is not needed. */
function countDifferences(name: string, expected: number, counted: number): Difference[] {
  if (counted === expected) return [];
  return [
    {
      ...{ kind: 'table', name, what: 'items' },
      expected: `the ${expected} of the backup`,
      found: `${counted}, counted one by one`,
      remedy: 'somebody wrote to the table after it was refilled: stop who writes, and refill it again',
    },
  ];
}
