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
 * Refuses a place that another domain writes to. A domain keeps its cluster's id for as long as it lives, through every
 * change of its name, its version and its nodes.
 *
 * @param text what stands in the object
 * @throws TandemError REPOSITORY_SHARED
 */
export function refuseForeignOwner(text: string, clusterUuid: string, place: string): void {
  const owner = ownerOf(text);
  if (owner?.clusterUuid === clusterUuid) return;
  const who = owner === undefined ? 'what its owner object does not tell' : `the domain at ${owner.endpoint}`;
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
