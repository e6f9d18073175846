import type { IndexRecord } from '../../../contracts/manifest.ts';
import type { IndexToRestore } from '../../../contracts/restore-plan.ts';
import { few } from '../../../core/deadline.ts';
import { TandemError } from '../../../errors/tandem-error.ts';
import type { PresentState } from '../present.ts';
import type { Verdict } from './verdict.ts';

/**
 * Whether the indices can be treated as the strategy wants it. Finds SHARDS_DIFFER: an index is restored over with as many
 * shards as it has. Finds OLD_CANNOT_STAY: an index whose name becomes an alias goes.
 *
 * @param recorded the indices as the recovery point knows them
 */
export async function strategyGuard(
  { indices: { described } }: PresentState,
  steps: IndexToRestore[],
  recorded: IndexRecord[],
  keepOld = false,
): Promise<Verdict> {
  const primariesOf = (records: IndexRecord[], wanted: string | null) =>
    records.find(({ name }) => name === wanted)?.primaries;
  const unlike = steps
    .filter(({ action }) => action === 'close')
    .map(({ name }) => ({ name, has: primariesOf(described, name), had: primariesOf(recorded, name) }))
    .filter(({ has, had }) => has !== had)
    .map(({ name, has, had }) => `${name} has ${has} primary shards, and had ${had}`);
  const stuck = steps
    .filter(({ name, becomesAlias, currentName }) => keepOld && becomesAlias && currentName === name)
    .map(({ name }) => name);
  return {
    problems: [
      ...(unlike.length === 0 ? [] : [new TandemError('SHARDS_DIFFER', `Cannot be restored over: ${few(unlike)}.`)]),
      ...(stuck.length === 0
        ? []
        : [new TandemError('OLD_CANNOT_STAY', `Their names become aliases, so that they cannot stay: ${few(stuck)}.`)]),
    ],
    remarks: [],
  };
}
