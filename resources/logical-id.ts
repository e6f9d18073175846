import { hashOf } from '../shared/core/hash.ts';

/** A part of a logical id, which may hold letters and digits only, written as the Serverless Framework writes its own. */
export function logicalId(name: string): string {
  return name.replaceAll('-', 'Dash').replaceAll('_', 'Underscore');
}

/** The logical id of something that is what `identity` says, and stays the same thing whatever else comes or goes. */
export function hashedId(kind: string, identity: unknown): string {
  return `${kind}${hashOf(identity).slice(0, 12)}`;
}
