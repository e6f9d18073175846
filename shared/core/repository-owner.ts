import * as z from 'zod';
import { TandemError } from '../errors/tandem-error.ts';

/** Which cluster writes to a place in a snapshot bucket: the object beside the repository that says so. */
export const ownerSchema = z.object({ version: z.literal(1), clusterUuid: z.string(), endpoint: z.string() });

export type RepositoryOwner = z.output<typeof ownerSchema>;

/** Beside the path, not below it: the repository is the domain's alone. */
export function ownerKey(basePath: string): string {
  return `${basePath}.tandem-owner.json`;
}

/**
 * Who writes to a place, where it is not this domain. A domain keeps its cluster's id for as long as it lives, through
 * every change of its name, its version and its nodes.
 *
 * @param text what stands in the object
 * @returns `the domain at https://...`
 */
export function foreignOwner(text: string, clusterUuid: string): string | undefined {
  const owner = ownerOf(text);
  if (owner?.clusterUuid === clusterUuid) return undefined;
  return owner === undefined ? 'what its owner object does not tell' : `the domain at ${owner.endpoint}`;
}

/** @throws TandemError REPOSITORY_SHARED where another domain writes to a place */
export function refuseForeignOwner(text: string, clusterUuid: string, place: string): void {
  const who = foreignOwner(text, clusterUuid);
  if (who === undefined) return;
  throw new TandemError('REPOSITORY_SHARED', `${place} is written to by ${who}.`, {
    remedy:
      'Give search.repository another basePath, or only read there (settings: { readonly: true }). If that domain is gone ' +
      `for good, delete ${place}.tandem-owner.json.`,
  });
}

function ownerOf(text: string): RepositoryOwner | undefined {
  try {
    return ownerSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
