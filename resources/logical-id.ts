import { hashOf } from '../shared/core/hash.ts';

/**
 * The logical id of something that is what `identity` says, and stays the same thing whatever else comes or goes. An id
 * may hold letters and digits only: names that differ by other signs alone would be taken for one.
 */
export function logicalId(kind: string, identity: unknown): string {
  return `${kind}${hashOf(identity).slice(0, 12)}`;
}
