import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';
import { planResources } from '../../resources/plan-resources.ts';
import type { Standing } from '../../shared/core/cost.ts';
import { parsePlanFile } from '../../shared/core/plan-file.ts';

const root = resolve(import.meta.dirname, '../..');

const serviceSchema = z.object({
  provider: z.object({ memorySize: z.number() }),
  resources: z.array(z.string()),
});

const templateSchema = z.object({ Resources: z.record(z.string(), z.object({ Type: z.string() })).default({}) });

/** What serverless.yml deploys for the plan of tandem.example.yml, as far as it costs something. */
export async function readDeployment(): Promise<Standing & { memoryGb: number }> {
  const { provider, resources } = serviceSchema.parse(parse(await read('serverless.yml'), { merge: true }));
  const files = resources.flatMap((text) => /^\$\{file\((.+\.yml)\)\}$/.exec(text)?.[1] ?? []);
  const fixed = await Promise.all(files.map(async (file): Promise<unknown> => parse(await read(file))));
  const ofPlan = planResources(parsePlanFile(await read('tandem.example.yml'), 'tandem.example.yml')).resources;
  const types = [...fixed, ofPlan].flatMap((template) =>
    Object.values(templateSchema.parse(template).Resources).map(({ Type }) => Type),
  );
  const count = (type: string) => types.filter((one) => one === type).length;
  return {
    memoryGb: provider.memorySize / 1_024,
    alarms: count('AWS::CloudWatch::Alarm'),
    dashboards: count('AWS::CloudWatch::Dashboard'),
  };
}

function read(file: string): Promise<string> {
  return readFile(resolve(root, file), 'utf8');
}
