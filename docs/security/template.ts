import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';
import { planResources } from '../../resources/plan-resources.ts';
import { parsePlanFile } from '../../shared/core/plan-file.ts';

const root = resolve(import.meta.dirname, '../..');

const serviceSchema = z.object({ resources: z.array(z.string()) });
const templateSchema = z.object({
  Resources: z.record(z.string(), z.object({ Type: z.string(), Properties: z.record(z.string(), z.unknown()) })),
});

/** The framework's variable. */
const stage = `\${sls:stage}`;

type Resources = z.output<typeof templateSchema>['Resources'];

export function read(file: string): Promise<string> {
  return readFile(resolve(root, file), 'utf8');
}

/** The resources of serverless.yml with a plan file of this text, but for those that the framework adds itself. */
export async function resourcesWith(planFile: string): Promise<Resources> {
  const ofPlan = planResources(parsePlanFile(planFile, 'tandem.example.yml'));
  const { resources } = serviceSchema.parse(parse(await read('serverless.yml'), { merge: true }));
  const files = resources.flatMap((text) => /^\$\{file\((.+\.yml)\)\}$/.exec(text)?.[1] ?? []);
  const fixed = files.map(async (file) => filledIn(parse(await read(file)), new Map(Object.entries(ofPlan))));
  const templates = [...(await Promise.all(fixed)), ofPlan.resources];
  return Object.assign({}, ...templates.map((template) => templateSchema.parse(template).Resources));
}

/** With what the framework fills in: the stage, and what resources/plan.cjs hands it. */
function filledIn(value: unknown, ofPlan: Map<string, unknown>): unknown {
  if (Array.isArray(value)) return value.map((one) => filledIn(one, ofPlan));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, filledIn(one, ofPlan)]));
  }
  if (typeof value !== 'string') return value;
  const [, name] = /^\$\{file\(resources\/plan\.cjs\):(\w+)\}$/.exec(value) ?? [];
  return name === undefined ? value.replaceAll(stage, 'prod') : ofPlan.get(name);
}
