import type { IndexRecord } from '../../../contracts/manifest.ts';
import { aliasClashes, dataStreamClashes, type NamesInUse, neighbours } from '../../../core/alias-clashes.ts';
import { few } from '../../../core/deadline.ts';
import { TandemError } from '../../../errors/tandem-error.ts';
import type { SearchDomain } from '../../../ports/search-domain.ts';
import type { PresentState } from '../present.ts';
import type { Verdict } from './verdict.ts';

/**
 * Whether the domain takes the indices under their names, and lets those go that have them now. Finds ALIAS_CLASH,
 * DATA_STREAM_CLASH, INDEX_PROTECTED.
 *
 * @param restored the indices as the recovery point knows them
 * @param removed those that are to be absent
 */
export async function nameGuard(
  { indices: { inUse: names, undeletable } }: PresentState,
  restored: IndexRecord[],
  removed: string[],
  domain: SearchDomain,
): Promise<Verdict> {
  const inUse = without(removed, names);
  const beside = neighbours(restored, inUse).filter((name) => !undeletable.includes(name));
  const described = beside.length === 0 ? [] : await domain.indices.describe(beside);
  const clashes = aliasClashes(restored, inUse, described);
  const streams = dataStreamClashes(restored, inUse);
  const kept = [...restored.map(({ name }) => name), ...removed].filter((name) => undeletable.includes(name));
  return {
    problems: [
      ...(clashes.length === 0 ? [] : [new TandemError('ALIAS_CLASH', `${clashes.join('; ')}.`)]),
      ...(streams.length === 0 ? [] : [new TandemError('DATA_STREAM_CLASH', `${streams.join('; ')}.`)]),
      ...(kept.length === 0 ? [] : [new TandemError('INDEX_PROTECTED', `Cannot be deleted: ${few(kept)}.`)]),
    ],
    remarks: [],
  };
}

/** What is removed is in nobody's way: it goes before. */
function without(removed: string[], { indices, aliases, dataStreams }: NamesInUse): NamesInUse {
  const stays = (name: string) => !removed.includes(name);
  return {
    indices: indices.filter(stays),
    aliases: new Map([...aliases].map(([alias, holders]) => [alias, holders.filter(stays)])),
    dataStreams,
  };
}
