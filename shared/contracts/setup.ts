import * as z from 'zod';
import { endpointTextSchema } from './endpoint.ts';

/** Who administers the security of a domain, by name and password. It goes through memory and the wire alone. */
const masterSchema = z.strictObject({ username: z.string().min(1), password: z.string().min(1) });

/** One thing that a set-up makes or changes. */
export const changeSchema = z.strictObject({
  what: z.enum(['access policy', 'owner of the repository', 'security role', 'role mapping', 'repository']),
  name: z.string(),
  /** In a sentence's second half: `maps arn:aws:iam::...:role/backup to it`. */
  does: z.string(),
});

/** What the set-up of a plan's domain is asked for. */
export const setUpInputSchema = z.strictObject({
  plan: z.string(),
  /** Who is to work with the domain: ARNs of IAM roles and users. */
  principals: z.array(z.string()).default([]),
  /** Another domain that indices of the plan are restored to, in place of its own: it gets the repository read-only. */
  toEndpoint: endpointTextSchema.optional(),
  /** Left out, the domain is administered by whoever asks, as the plan says. */
  master: masterSchema.optional(),
  /** The hash of the domain and the repository in the plan file of whoever asks, which has to say the same. */
  target: z.string().optional(),
  /** The changes that somebody has seen and wants. Without them nothing is changed. */
  confirmed: z.array(changeSchema).optional(),
});

const mappingSchema = z.strictObject({ backendRoles: z.array(z.string()), users: z.array(z.string()) });

/** How a domain is set up, and what would have to change for the plan. */
export const domainStateSchema = z.strictObject({
  clusterUuid: z.string(),
  /** Null where the domain has no fine-grained access control. */
  security: z.strictObject({ dialect: z.string(), mappings: z.record(z.string(), mappingSchema) }).nullable(),
  /** Null where it is not registered. */
  repository: z.strictObject({ name: z.string(), settings: z.record(z.string(), z.string()) }).nullable(),
  /** What is not as the plan wants it. */
  changes: z.array(changeSchema),
});

export type SetUpInput = z.output<typeof setUpInputSchema>;
export type Change = z.output<typeof changeSchema>;
export type DomainState = z.output<typeof domainStateSchema>;
