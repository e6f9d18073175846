import picomatch from 'picomatch';
import type { Patterns, TableSelection } from '../contracts/plan-file.ts';
import { TandemError } from '../errors/tandem-error.ts';
import type { DataStream } from '../ports/search-indices.ts';
import { namesOf } from './index-names.ts';
import { isSystemIndex } from './system-indices.ts';

/** Only `*` and `?` mean something in a pattern: names may hold brackets, braces and other letters of globs. */
function matcher(pattern: string): (name: string) => boolean {
  const escaped = pattern.replaceAll(/[\\!()[\]{}+@|^$]/g, '\\$&');
  return picomatch(escaped, { dot: true, bash: true, nonegate: true, nobrace: true, noextglob: true, nobracket: true });
}

/** The names that match one of the patterns, in the order they came. */
export function matchNames(patterns: string[], names: string[]): string[] {
  const matchers = patterns.map(matcher);
  return names.filter((name) => matchers.some((matches) => matches(name)));
}

/** The indices that match one of the patterns by a name of theirs, in the order they came: one that was swapped in has two. */
export function matchIndices(patterns: string[], indices: string[]): string[] {
  const matched = new Set(matchNames(patterns, [...new Set(indices.flatMap(namesOf))]));
  return indices.filter((index) => namesOf(index).some((name) => matched.has(name)));
}

/** Says where in the plan file the value at a path under `tables` or `search.indices` stands. */
type Where = (...path: (string | number)[]) => string;

/** Each pattern that matches none of the names, with its place in the plan file. */
function idle(patterns: string[], names: string[], where: Where): string[] {
  return patterns.flatMap((pattern, position) =>
    matchNames([pattern], names).length === 0 ? [`${where('include', position)}: "${pattern}"`] : [],
  );
}

/**
 * The tables of a plan: those that match a name or glob, and those that carry all the tags, less the excluded.
 *
 * @param tagged the tables that carry the plan's tags; empty where the plan names no tags
 * @throws TandemError TABLES_MATCH_NOTHING where a name, a glob or the tags match no table, or nothing is left
 */
export function selectTables(selection: TableSelection, existing: string[], tagged: string[], where: Where): string[] {
  const missing = idle(selection.include, existing, where);
  if (missing.length > 0) {
    throw new TandemError('TABLES_MATCH_NOTHING', `${missing.join(', ')} matches no table.`);
  }
  if (selection.tags !== undefined && tagged.length === 0) {
    const tags = JSON.stringify(selection.tags);
    throw new TandemError('TABLES_MATCH_NOTHING', `${where('tags')}: no table carries the tags ${tags}.`);
  }
  const wanted = new Set([...matchNames(selection.include, existing), ...tagged]);
  for (const name of matchNames(selection.exclude, [...wanted])) wanted.delete(name);
  if (wanted.size > 0) return [...wanted].sort();
  throw new TandemError('TABLES_MATCH_NOTHING', `${where('exclude')}: leaves out every table that the plan includes.`);
}

/** True where a table carries every tag of the selection. */
export function carriesTags(tags: Record<string, string>, wanted: Record<string, string>): boolean {
  return Object.entries(wanted).every(([key, value]) => tags[key] === value);
}

/** The indices of a domain, and which of them hold a data stream. */
export interface ExistingIndices {
  indices: string[];
  dataStreams: DataStream[];
}

/**
 * The indices of a plan, as an explicit list: system indices are left out whatever the patterns say.
 *
 * @throws TandemError INDICES_MATCH_NOTHING where a pattern matches no index, or nothing is left; DATA_STREAM where the
 * patterns match a data stream, because a snapshot of a stream's backing indices by name does not hold the stream
 */
export function selectIndices(patterns: Patterns, existing: ExistingIndices, where: Where): string[] {
  refuseDataStreams(patterns, existing.dataStreams, where);
  const backing = new Set(existing.dataStreams.flatMap(({ indices }) => indices));
  const user = existing.indices.filter((name) => !isSystemIndex(name) && !backing.has(name));
  const missing = idle(patterns.include, user.flatMap(namesOf), where);
  if (missing.length > 0) {
    throw new TandemError('INDICES_MATCH_NOTHING', `${missing.join(', ')} matches no index.`);
  }
  const included = matchIndices(patterns.include, user);
  const excluded = new Set(matchIndices(patterns.exclude, included));
  const selected = included.filter((name) => !excluded.has(name)).sort();
  if (selected.length > 0) return selected;
  throw new TandemError('INDICES_MATCH_NOTHING', `${where('exclude')}: leaves out every index that the plan includes.`);
}

/** A stream is meant by its name and by its backing indices; it is left out by its name, or by all of those. */
function refuseDataStreams({ include, exclude }: Patterns, dataStreams: DataStream[], where: Where): void {
  const meant = dataStreams.filter(({ name, indices }) => {
    if (isSystemIndex(name) || matchNames(include, [name, ...indices]).length === 0) return false;
    return matchNames(exclude, [name]).length === 0 && matchNames(exclude, indices).length < indices.length;
  });
  if (meant.length === 0) return;
  const names = meant.map(({ name }) => name).join(', ');
  throw new TandemError('DATA_STREAM', `${where('include')}: matches data streams: ${names}.`);
}
