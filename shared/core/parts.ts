import type { Selection } from '../contracts/restore-plan.ts';
import type { RestoreSource } from '../contracts/restore-source.ts';
import { TandemError } from '../errors/tandem-error.ts';
import { absentIn } from './manifest.ts';
import { matchIndices, matchNames } from './selection.ts';

/** What of a recovery point is restored: what it holds, and what it says did not exist. */
export interface Parts {
  tables: string[];
  indices: string[];
}

/** @throws TandemError NOTHING_TO_RESTORE where nothing is selected, or a glob matches nothing of the recovery point */
export function selectParts(source: RestoreSource, selection: Selection): Parts {
  const absent = absentIn(source);
  const tables = [...source.tables.map((table) => table.name), ...absent.tables];
  const indices = [...(source.search?.indices ?? []).map((index) => index.name), ...absent.indices];
  const whole = source.origin?.kind === 'snapshot' ? 'the snapshot, system indices left out' : 'the recovery point';
  const isNamed = selection.tables !== undefined || selection.indices !== undefined;
  const named = {
    tables: isNamed ? pick(tables, selection.tables ?? [], `table of ${whole}`, matchNames) : tables,
    indices: isNamed ? pick(indices, selection.indices ?? [], `index of ${whole}`, matchIndices) : indices,
  };
  const picked = leaveOut(named, selection.exclude ?? [], { tables, indices });
  if (picked.tables.length + picked.indices.length > 0 || (!isNamed && !selection.exclude)) return picked;
  throw new TandemError('NOTHING_TO_RESTORE', 'Neither a table nor an index is selected.');
}

type Match = (globs: string[], names: string[]) => string[];

function pick(names: string[], globs: string[], kind: string, match: Match): string[] {
  const idle = globs.find((glob) => match([glob], names).length === 0);
  if (idle !== undefined) {
    throw new TandemError('NOTHING_TO_RESTORE', `"${idle}" matches no ${kind}.`);
  }
  return match(globs, names);
}

/** @throws TandemError NOTHING_TO_RESTORE where a glob matches nothing of the whole: it was to leave something out */
function leaveOut({ tables, indices }: Parts, globs: string[], whole: Parts): Parts {
  const matches = (glob: string) => [...matchNames([glob], whole.tables), ...matchIndices([glob], whole.indices)];
  const idle = globs.find((glob) => matches(glob).length === 0);
  if (idle !== undefined) {
    const message = `"${idle}", which is to be left out, matches neither a table nor an index of the recovery point.`;
    throw new TandemError('NOTHING_TO_RESTORE', message);
  }
  const [outTables, outIndices] = [new Set(matchNames(globs, tables)), new Set(matchIndices(globs, indices))];
  return {
    tables: tables.filter((name) => !outTables.has(name)),
    indices: indices.filter((name) => !outIndices.has(name)),
  };
}
