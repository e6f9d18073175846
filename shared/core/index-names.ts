import type { Rename } from '../contracts/restore-plan.ts';
import { hashOf } from './hash.ts';

/** What a swap puts behind the name of an index, so that the restored one has room beside the live one. */
const swapSuffix = /-swap-[0-9a-f]{8}$/;

/** The name that an index had before any swap. */
export function ownName(index: string): string {
  return index.replace(swapSuffix, '');
}

/** The names that mean an index: its own, and the one it had before it was swapped in. */
export function namesOf(index: string): string[] {
  return [...new Set([index, ownName(index)])];
}

/**
 * How indices are named that are swapped in: what an earlier swap had put behind a name makes room for this one, unless
 * the index that it was swapped in for was kept, so that two of them would get one name.
 *
 * @param seen what tells this swap from every other one
 */
export function swapRename(names: string[], seen: unknown): Rename {
  const areTold = new Set(names.map(ownName)).size === new Set(names).size;
  const pattern = areTold ? '^(.+?)(-swap-[0-9a-f]{8})?$' : '^(.+)$';
  return { pattern, replacement: `$1-swap-${hashOf(seen).slice(0, 8)}` };
}

const place = '{name}';

/** The template of indices that are restored beside, where none is given. */
export const usualTemplate = `${place}-restored`;

/** Why a template cannot name indices. */
export function templateProblem(template: string): string | undefined {
  if (template.split(place).length !== 2) return `has to hold ${place} once`;
  return template === place ? 'would give each index its own name' : undefined;
}

/** How indices are named by a template. */
export function templateRename(template: string): Rename {
  const literal = template.replaceAll('\\', '\\\\').replaceAll('$', '\\$');
  return { pattern: '^(.+)$', replacement: literal.replace(place, () => '$1') };
}

/** The name that an index gets, as the server makes it. */
export function renamed(index: string, { pattern, replacement }: Rename): string {
  const [, first = ''] = new RegExp(pattern).exec(index) ?? [];
  return replacement.replaceAll(/\\(.)|\$1/g, (_, escaped: string | undefined) => escaped ?? first);
}

/** A name is part of a path on disk, which takes so many bytes. */
const longestName = 255;

/** Why the server takes no index of that name: from its MetadataCreateIndexService. */
export function nameProblem(index: string): string | undefined {
  if (new TextEncoder().encode(index).length > longestName) return `is longer than ${longestName} bytes`;
  if (index !== index.toLowerCase()) return 'holds capital letters';
  if (/[\s"*\\<>|,/?#:]/.test(index)) return 'holds a character that no name may have';
  return /^[-_+]/.test(index) ? 'begins with -, _ or +' : undefined;
}
