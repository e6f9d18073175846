import type { IndexRestore } from '../contracts/ledger/restores.ts';
import type { IndexToRestore } from '../contracts/restore-plan.ts';

/** What has to happen to indices that exist before others can be restored. */
export interface MakingWay {
  /** Made by somebody else since the plan was made. */
  inTheWay: string[];
  doomed: string[];
  toClose: string[];
}

/**
 * What makes way: the indices that are replaced, removed or restored over, as long as they are those that the plan has
 * seen; and what this run has made and that came back broken. What it has made and is whole stays.
 *
 * @param present the uuids of what is there, by name
 */
export function makingWay(
  steps: IndexToRestore[],
  present: ReadonlyMap<string, string>,
  { requested, failed, made }: Pick<IndexRestore, 'requested' | 'failed' | 'made'>,
): MakingWay {
  const looked = steps.flatMap((step) =>
    namesInTheWay(step)
      .filter((name) => present.has(name))
      .filter((name) => name !== step.target || !requested.includes(name) || failed.includes(name))
      .map((name) => ({ ...step, name, uuid: present.get(name) ?? '' })),
  );
  const isSeen = ({ name, uuid, currentName, currentId }: (typeof looked)[number]) =>
    name === currentName && uuid === currentId;
  const isBroken = ({ name, uuid }: (typeof looked)[number]) => failed.includes(name) && made.includes(uuid);
  const namesOf = (ones: typeof looked) => ones.map(({ name }) => name);
  return {
    inTheWay: namesOf(looked.filter((one) => !isSeen(one) && !made.includes(one.uuid))),
    doomed: namesOf(
      looked.filter((one) => (one.action !== 'close' ? isSeen(one) || made.includes(one.uuid) : isBroken(one))),
    ),
    toClose: namesOf(looked.filter((one) => one.action === 'close' && isSeen(one) && !isBroken(one))),
  };
}

/** What stands in for an index until it is swapped stays, and so does what others are restored beside. */
function namesInTheWay({ action, target, currentName }: IndexToRestore): string[] {
  const goes = currentName !== null && action !== 'swap' ? [currentName] : [];
  return [...new Set([...goes, target])];
}
