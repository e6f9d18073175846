import * as z from 'zod';
import type { resourcesWith } from './template.ts';
import { inWords, namesOf } from './words.ts';

const oneOrMany = <S extends z.ZodType>(schema: S) => z.union([z.array(schema), schema.transform((one) => [one])]);

const documentSchema = z.object({
  Statement: z.array(
    z.object({
      Effect: z.enum(['Allow', 'Deny']),
      Action: oneOrMany(z.string()),
      Resource: oneOrMany(z.unknown()).optional(),
      NotResource: oneOrMany(z.unknown()).default([]),
      Condition: z.unknown().optional(),
    }),
  ),
});

const trustSchema = z.object({
  Statement: z.tuple([
    z.object({ Principal: z.object({ Service: oneOrMany(z.string()) }), Condition: z.unknown().optional() }),
  ]),
});

const policySchema = z.object({ PolicyDocument: documentSchema });
const managedSchema = policySchema.extend({ Roles: z.array(z.object({ Ref: z.string() })) });
const roleSchema = z.object({ AssumeRolePolicyDocument: trustSchema, Policies: z.array(policySchema) });

/** One action that a role may take, or may not, in words. */
export interface Grant {
  /** With `never` before it where it is denied. */
  action: string;
  /** What it may be done to. */
  on: string;
  /** Under which condition; empty without one. */
  condition: string;
}

/** A role, its name that of the template, without the hash of one of several. */
export interface Role {
  name: string;
  /** The services that work with it. */
  services: string[];
  /** Under which condition they may; empty without one. */
  trustCondition: string;
  grants: Grant[];
}

/** The roles of a template and all that their policies allow and deny, the inline ones and the attached ones. */
export function rolesIn(resources: Awaited<ReturnType<typeof resourcesWith>>): Role[] {
  const ofType = (type: string) => Object.entries(resources).filter(([, resource]) => resource.Type === type);
  const managed = ofType('AWS::IAM::ManagedPolicy').map(([, { Properties }]) => managedSchema.parse(Properties));
  return ofType('AWS::IAM::Role').map(([id, { Properties }]) => {
    const { AssumeRolePolicyDocument, Policies } = roleSchema.parse(Properties);
    const [trust] = AssumeRolePolicyDocument.Statement;
    const attached = managed.filter(({ Roles }) => Roles.some(({ Ref }) => Ref === id));
    const statements = [...Policies, ...attached].flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
    return {
      name: id.replace(/(?<=Role).+$/, ''),
      services: trust.Principal.Service,
      trustCondition: inWords(trust.Condition),
      grants: statements.flatMap(({ Effect, Action, Resource, NotResource, Condition }) =>
        Action.map((action) => ({
          action: Effect === 'Deny' ? `never ${action}` : action,
          on: Resource === undefined ? `anything but ${namesOf(NotResource)}` : namesOf(Resource),
          condition: inWords(Condition),
        })),
      ),
    };
  });
}
