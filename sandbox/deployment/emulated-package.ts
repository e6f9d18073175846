import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unzipSync, type Zippable, zipSync } from 'fflate';
import * as z from 'zod';
import { packagedPlanFile } from './service-package.ts';

/** The template as the package's state holds it, as far as it is changed here. */
const stateSchema = z.looseObject({
  service: z.looseObject({
    provider: z.looseObject({
      compiledCloudFormationTemplate: z.looseObject({
        Resources: z.record(z.string(), z.looseObject({ Type: z.string(), Properties: z.looseObject({}).default({}) })),
      }),
    }),
  }),
});

type Resources = z.output<typeof stateSchema>['service']['provider']['compiledCloudFormationTemplate']['Resources'];

/**
 * Fits a package to the emulator, in place: each function gets a runtime of its own (see lambda-runtime.ts) beside its
 * untouched bundle, those that read the plan file get the present one, and the statements that refuse plain HTTP go,
 * which is all that is spoken on this machine's loopback.
 */
export async function fitToEmulator(folder: string, planFile: string): Promise<void> {
  const runtime = await emulatorRuntime();
  const plan = { [packagedPlanFile]: await readFile(planFile) };
  const files = await readdir(folder);
  for (const zip of files.filter((file) => file.endsWith('.zip'))) {
    const packaged = unzipSync(await readFile(join(folder, zip)));
    const fitted: Zippable = { ...packaged, ...runtime, ...(packagedPlanFile in packaged ? plan : {}) };
    await writeFile(join(folder, zip), zipSync(fitted, { level: 0 }));
  }
  await fitTemplate(join(folder, 'serverless-state.json'));
}

/** The files that make a package one of the runtime `provided.al2023`, which the emulator runs as it should. */
export async function emulatorRuntime(): Promise<Zippable> {
  return {
    bootstrap: await readFile(join(import.meta.dirname, 'bootstrap')),
    'lambda-runtime.mts': await readFile(join(import.meta.dirname, 'lambda-runtime.ts')),
    // The emulator unpacks functions below the project, whose package.json says something else about their modules.
    'package.json': Buffer.from('{}'),
  };
}

async function fitTemplate(stateFile: string): Promise<void> {
  const state = stateSchema.parse(JSON.parse(await readFile(stateFile, 'utf8')));
  const template = state.service.provider.compiledCloudFormationTemplate;
  template.Resources = fitted(template.Resources);
  await writeFile(stateFile, JSON.stringify(state));
}

function fitted(resources: Resources): Resources {
  return Object.fromEntries(
    Object.entries(resources).flatMap(([id, resource]) => {
      if (resource.Type === 'AWS::Lambda::Function') return [[id, withOwnRuntime(resource)]];
      const overPlainHttp = withoutTls(resource);
      return overPlainHttp === undefined ? [] : [[id, overPlainHttp]];
    }),
  );
}

const policySchema = z.looseObject({ PolicyDocument: z.looseObject({ Statement: z.array(z.unknown()) }) });

/** A policy without the statements that demand TLS; undefined where it had no other ones. */
function withoutTls(resource: Resources[string]): Resources[string] | undefined {
  const policy = policySchema.safeParse(resource.Properties);
  if (!policy.success) return resource;
  const { PolicyDocument } = policy.data;
  const Statement = PolicyDocument.Statement.filter((one) => !JSON.stringify(one).includes('aws:SecureTransport'));
  if (Statement.length === 0) return undefined;
  return { ...resource, Properties: { ...policy.data, PolicyDocument: { ...PolicyDocument, Statement } } };
}

function withOwnRuntime(lambda: Resources[string]): Resources[string] {
  return { ...lambda, Properties: { ...lambda.Properties, Runtime: 'provided.al2023' } };
}
