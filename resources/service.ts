import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';

const serviceSchema = z.object({
  functions: z.record(z.string(), z.unknown()),
  stepFunctions: z.object({ stateMachines: z.record(z.string(), z.object({ id: z.string() })) }),
});

const file = join(import.meta.dirname, '../serverless.yml');
const { functions, stepFunctions } = serviceSchema.parse(parse(readFileSync(file, 'utf8'), { merge: true }));

/** The functions of serverless.yml. `id` is what the ids of a function's resources begin with in the template. */
export const deployedFunctions = Object.keys(functions).map((name) => ({
  name,
  id: name.charAt(0).toUpperCase() + name.slice(1),
}));

/** The state machines of serverless.yml, with their ids in the template. */
export const deployedMachines = Object.entries(stepFunctions.stateMachines).map(([name, { id }]) => ({ name, id }));
