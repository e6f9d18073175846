import type { DomainRequest } from './request.ts';

/** Milliseconds after which the front end gives up on who waits for completion, 60,000 on AWS. */
export const patienceForCompletion = 1_000;

/**
 * Whether a client waits for the end of a snapshot or of a restore. On AWS that outlasts the load balancer: the answer
 * is a 504, and the server goes on. Here it takes no time, so that a client that relies on waiting would seem right.
 */
export function waitsForCompletion({ method, segments, query }: DomainRequest): boolean {
  const [api, , snapshot] = segments;
  const starts = ['PUT', 'POST'].includes(method) && api === '_snapshot' && snapshot !== undefined;
  // The server takes the bare name for true.
  return starts && ['true', ''].includes(query.get('wait_for_completion') ?? 'false');
}
