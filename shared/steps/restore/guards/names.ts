import type { IndexRecord } from '../../../contracts/manifest.ts';
import type { IndexToRestore } from '../../../contracts/restore-plan.ts';
import { aliasClashes, dataStreamClashes, type NamesInUse, neighbours } from '../../../core/alias-clashes.ts';
import { few } from '../../../core/deadline.ts';
import { nameProblem } from '../../../core/index-names.ts';
import { aliasesAfter } from '../../../core/index-swap.ts';
import type { ErrorCode } from '../../../errors/catalogue.ts';
import { TandemError } from '../../../errors/tandem-error.ts';
import type { SearchDomain } from '../../../ports/search-domain.ts';
import type { PresentState } from '../present.ts';
import type { Verdict } from './verdict.ts';

/**
 * Whether the domain takes the indices under their names, and lets those go that have them now. Finds ALIAS_CLASH,
 * DATA_STREAM_CLASH, INDEX_PROTECTED, TARGET_IN_USE, INDEX_NAME_UNFIT.
 *
 * @param recorded the indices as the recovery point knows them
 */
export async function nameGuard(
  { indices: { inUse, undeletable } }: PresentState,
  steps: IndexToRestore[],
  recorded: IndexRecord[],
  domain: SearchDomain,
): Promise<Verdict> {
  const going = steps.flatMap(({ currentName }) => currentName ?? []);
  const restored = steps
    .filter(({ action }) => action !== 'remove')
    .map((step) => ({ name: step.target, aliases: aliasesAfter(step, recorded) }));
  const names = without(going, inUse);
  const beside = neighbours(restored, names).filter((name) => !undeletable.includes(name));
  const described = beside.length === 0 ? [] : await domain.indices.describe(beside);
  const renamed = steps.filter(({ name, target }) => name !== target).map(({ target }) => target);
  const taken = renamed.filter((target) => names.indices.includes(target));
  const unfit = [...new Set(renamed)].flatMap((target) => {
    const problem = nameProblem(target);
    return problem === undefined ? [] : [`${target} ${problem}`];
  });
  const changed = [...new Set([...steps.map(({ target }) => target), ...going])];
  const kept = changed.filter((name) => undeletable.includes(name));
  return {
    problems: [
      ...found('ALIAS_CLASH', aliasClashes(restored, names, described).join('; ')),
      ...found('DATA_STREAM_CLASH', dataStreamClashes(restored, names).join('; ')),
      ...found('INDEX_PROTECTED', few(kept), 'Cannot be deleted or closed'),
      ...found('TARGET_IN_USE', few(taken), 'Restored as'),
      ...found('INDEX_NAME_UNFIT', few(unfit), 'Restored as'),
    ],
    remarks: [],
  };
}

function found(code: ErrorCode, what: string, about?: string): TandemError[] {
  return what === '' ? [] : [new TandemError(code, `${about === undefined ? '' : `${about}: `}${what}.`)];
}

/** What goes is in nobody's way: it goes before, or at the same moment. */
function without(going: string[], { indices, aliases, dataStreams }: NamesInUse): NamesInUse {
  const stays = (name: string) => !going.includes(name);
  return {
    indices: indices.filter(stays),
    aliases: new Map([...aliases].map(([alias, holders]) => [alias, holders.filter(stays)])),
    dataStreams,
  };
}
