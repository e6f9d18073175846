import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { packageFolder, packageService } from '../../sandbox/deployment/service-package.ts';
import { projectSandboxFolder } from '../../sandbox/processes/context.ts';
import { SandboxRun } from '../../sandbox/processes/run.ts';
import { systemClock } from '../../shared/adapters/system-clock.ts';

const resourceSchema = z.object({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).default({}) });
const templateSchema = z.object({ Resources: z.record(z.string(), resourceSchema) });

export type PackagedResources = z.output<typeof templateSchema>['Resources'];

/** What `serverless package` makes of a plan file, with no AWS in reach. */
export async function packagedTemplate(planFile: string) {
  const run = await SandboxRun.open({ folder: projectSandboxFolder, report: () => {}, clock: systemClock });
  const packaged = await packageService(planFile, run).finally(() => run.stop());
  const folder = join(packaged, packageFolder);
  const file = join(folder, 'cloudformation-template-update-stack.json');
  const { Resources: resources } = templateSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  return { folder, file, resources };
}

const oneOrMany = <S extends z.ZodType>(schema: S) => z.union([z.array(schema), schema.transform((one) => [one])]);

const resourcesSchema = oneOrMany(z.union([z.string(), z.record(z.string(), z.unknown())]));

/** One that allows names what it allows, and on what: all but something is more than anybody can look through. */
const allowSchema = z.object({
  Effect: z.literal('Allow'),
  Action: oneOrMany(z.string()),
  Resource: resourcesSchema,
  Condition: z.unknown().optional(),
});

const statementSchema = z.discriminatedUnion('Effect', [allowSchema, z.object({ Effect: z.literal('Deny') })]);

const documentSchema = z.object({ Statement: z.array(statementSchema) });
const policySchema = z.object({ PolicyDocument: documentSchema });
const managedSchema = policySchema.extend({ Roles: z.array(z.object({ Ref: z.string() })) });
const roleSchema = z.object({ Policies: z.array(policySchema).default([]) });

export type Statement = z.output<typeof allowSchema>;

/** The roles of a template by their ids, with all that their policies allow, the inline ones and the attached ones. */
export function rolesOf(resources: PackagedResources): Map<string, Statement[]> {
  const ofType = (type: string) => Object.entries(resources).filter(([, { Type }]) => Type === type);
  const managed = ofType('AWS::IAM::ManagedPolicy').map(([, { Properties }]) => managedSchema.parse(Properties));
  return new Map(
    ofType('AWS::IAM::Role').map(([id, { Properties }]) => {
      const attached = managed.filter(({ Roles }) => Roles.some(({ Ref }) => Ref === id));
      const policies = [...roleSchema.parse(Properties).Policies, ...attached];
      const statements = policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
      return [id, statements.flatMap((statement) => (statement.Effect === 'Allow' ? statement : []))];
    }),
  );
}
