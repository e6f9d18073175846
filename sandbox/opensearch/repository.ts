import * as z from 'zod';
import type { Answer } from './answer.ts';
import { notOffered, payloadNotOffered, roleNeeded } from './refusals.ts';
import { type DomainRequest, jsonOf } from './request.ts';

const registration = z.looseObject({
  type: z.string(),
  settings: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
});

/** What a client registers a snapshot repository as. */
export type Registration = z.infer<typeof registration>;

/** The name of the repository that a request registers; undefined where it does something else. */
export function registeredRepository({ method, segments }: DomainRequest): string | undefined {
  const [api, name, ...rest] = segments;
  return ['PUT', 'POST'].includes(method) && api === '_snapshot' && rest.length === 0 ? name : undefined;
}

/** What a request registers; undefined where its body is no registration. */
export function readRegistration({ body }: DomainRequest): Registration | undefined {
  return registration.safeParse(jsonOf(body)).data;
}

/** The role that the service is to use for a repository, which the caller must be allowed to pass on. */
export function snapshotRole(request: DomainRequest): string | undefined {
  if (registeredRepository(request) === undefined) return undefined;
  return readRegistration(request)?.settings.role_arn?.toString();
}

/**
 * Refuses a registration that a managed domain does not take: names that begin with `cs-` are the service's own,
 * the type must be s3, and the service needs a role to reach the bucket with. The answer to a missing role is the
 * service's own (401); the other two are not documented and are given in its words for what is not offered.
 */
export function refuseRegistration(request: DomainRequest): Answer | undefined {
  const name = registeredRepository(request);
  if (name === undefined) return undefined;
  if (name.startsWith('cs-')) return notOffered(request.path);
  if (readRegistration(request)?.type !== 's3') return payloadNotOffered(request.path);
  return snapshotRole(request) === undefined ? roleNeeded() : undefined;
}
