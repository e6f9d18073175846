import type { CapturedText, IndexDefinition } from '../contracts/manifest.ts';
import type { IndexSetup } from '../ports/search-indices.ts';
import { canonicalJson, hashOf } from './hash.ts';

/** A manifest keeps so many characters of the settings, and of the mappings, of an index; of longer ones the hash alone. */
const longestText = 4_000;

/** What a cluster gives every index anew, or changes by itself, and what a restore leaves out on purpose. */
const passing = [
  // Compared by itself, as manifests of every version have it.
  /^index\.number_of_shards$/,
  /^index\.(uuid|creation_date|provided_name|verified_before_close|history\.uuid)$/,
  /^index\.(version|blocks|resize|frozen)\./,
  /^index\.routing\.allocation\.initial_recovery\./,
  /^index\.routing\.allocation\.(include|exclude|require)\._/,
];

/** What of an index goes into a manifest, to be compared with once it is restored. */
export function capturedDefinition({ settings, mappings }: IndexSetup): IndexDefinition {
  return { settings: captured(settingsThatMatter(settings)), mappings: captured(mappings) };
}

/**
 * The settings that an index is to have again. How many replicas there are is not one of them where the cluster decides
 * it by its nodes.
 */
function settingsThatMatter(settings: IndexSetup['settings']): IndexSetup['settings'] {
  const isExpanded = (settings['index.auto_expand_replicas'] ?? 'false') !== 'false';
  const names = Object.keys(settings).filter(
    (name) => !passing.some((pattern) => pattern.test(name)) && !(isExpanded && name === 'index.number_of_replicas'),
  );
  return Object.fromEntries(names.map((name) => [name, settings[name]]));
}

function captured(value: object): CapturedText {
  const text = canonicalJson(value);
  return { hash: hashOf(value), ...(text.length <= longestText && { text }) };
}

/** A definition that changed while its snapshot was taken: which of both the snapshot holds is not known. */
export function unlessChanged(before: IndexDefinition, after: IndexDefinition | undefined): IndexDefinition {
  if ('notCaptured' in before || after === undefined || 'notCaptured' in after) return before;
  const isSame = before.settings.hash === after.settings.hash && before.mappings.hash === after.mappings.hash;
  return isSame ? before : { notCaptured: 'it changed while the snapshot was taken' };
}

/** How one side of a definition differs from what was recorded: the first places, with what is there. */
export interface DefinitionDifference {
  what: 'settings' | 'mappings';
  expected: string;
  found: string;
}

/** So many places are told: where one thing is different, many may be. */
const placesTold = 3;

/** Nothing where either was not captured: see `whyNotCompared`. */
export function definitionDifferences(
  recorded: IndexDefinition | undefined,
  live: IndexDefinition | undefined,
): DefinitionDifference[] {
  if (recorded === undefined || live === undefined || 'notCaptured' in recorded || 'notCaptured' in live) return [];
  return (['settings', 'mappings'] as const).flatMap((what) => {
    if (recorded[what].hash === live[what].hash) return [];
    return [{ what, ...differingTexts(recorded[what], live[what]) }];
  });
}

/** Why the definition of an index cannot be compared; undefined where it can. */
export function whyNotCompared(
  recorded: IndexDefinition | undefined,
  live: IndexDefinition | undefined,
): string | undefined {
  if (recorded === undefined) return 'not captured by the version that took the backup';
  if ('notCaptured' in recorded) return `not captured by the backup: ${recorded.notCaptured}`;
  if (live !== undefined && 'notCaptured' in live) return `not to be read now: ${live.notCaptured}`;
  return undefined;
}

function differingTexts(recorded: CapturedText, live: CapturedText): { expected: string; found: string } {
  if (recorded.text === undefined || live.text === undefined) {
    return { expected: `SHA-256 ${recorded.hash}`, found: `SHA-256 ${live.hash}, too long to say where` };
  }
  const places = differingPlaces(JSON.parse(recorded.text), JSON.parse(live.text), '');
  const more = places.length > placesTold ? ` and ${places.length - placesTold} more` : '';
  const told = (side: 'expected' | 'found') =>
    `${places
      .slice(0, placesTold)
      .map((place) => `${place.path} ${place[side]}`)
      .join(', ')}${more}`;
  return { expected: told('expected'), found: told('found') };
}

interface Place {
  path: string;
  expected: string;
  found: string;
}

function differingPlaces(expected: unknown, found: unknown, path: string): Place[] {
  if (isBranch(expected) && isBranch(found)) {
    const [then, now] = [new Map(Object.entries(expected)), new Map(Object.entries(found))];
    const keys = [...new Set([...then.keys(), ...now.keys()])].sort();
    return keys.flatMap((key) => differingPlaces(then.get(key), now.get(key), path === '' ? key : `${path}.${key}`));
  }
  const [expectedText, foundText] = [valueText(expected), valueText(found)];
  return expectedText === foundText ? [] : [{ path, expected: short(expectedText), found: short(foundText) }];
}

function isBranch(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function valueText(value: unknown): string {
  return value === undefined ? 'none' : canonicalJson(value);
}

const longestValue = 80;

function short(text: string): string {
  return text.length <= longestValue ? text : `${text.slice(0, longestValue)}...`;
}
