import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { cruise } from 'dependency-cruiser';
import extractDepcruiseOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';
import { afterEach, beforeEach, expect, test } from 'vitest';

let project: string;

beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), 'tandem-boundaries-'));
  await cp('package.json', join(project, 'package.json'));
  await symlink(resolve('node_modules'), join(project, 'node_modules'));
});

afterEach(() => rm(project, { recursive: true }));

/** The names of the rules that a project of these files breaks. */
async function brokenRules(files: Record<string, string>): Promise<string[]> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(project, dirname(path)), { recursive: true });
    await writeFile(join(project, path), text);
  }
  const options = await extractDepcruiseOptions(resolve('.dependency-cruiser.mjs'));
  const { output } = await cruise(Object.keys(files), { ...options, baseDir: project });
  if (typeof output === 'string') throw new Error(output);
  return [...new Set(output.summary.violations.map((violation) => violation.rule.name))];
}

const somePort = "import type { Plan } from '../contracts/plan.ts';\nexport interface Port { plan: Plan }\n";
const sound = {
  'shared/contracts/plan.ts': "import { z } from 'zod';\nexport const plan = z.string();\nexport type Plan = string;\n",
  'shared/errors/error.ts': 'export const error = 1;\n',
  'shared/ports/port.ts': somePort,
  'shared/core/rule.ts':
    "import { createHash } from 'node:crypto';\nimport { error } from '../errors/error.ts';\nimport type { Port } from '../ports/port.ts';\nexport const rule = (port: Port) => [createHash, error, port];\n",
  'shared/adapters/client.ts':
    "import { S3Client } from '@aws-sdk/client-s3';\nimport { error } from '../errors/error.ts';\nexport const client = [S3Client, error];\n",
  'shared/steps/step.ts': "import { rule } from '../core/rule.ts';\nexport const step = rule;\n",
  'shared/lambda/root.ts': "import { client } from '../adapters/client.ts';\nexport const root = client;\n",
  'functions/one.ts':
    "import type { Context } from 'aws-lambda';\nimport { root } from '../shared/lambda/root.ts';\nimport { step } from '../shared/steps/step.ts';\nexport const handler = (context: Context) => [root, step, context];\n",
  'cli/local/handlers.ts': "import { handler } from '../../functions/one.ts';\nexport const handlers = [handler];\n",
  'sandbox/play.ts': "import { handlers } from '../cli/local/handlers.ts';\nexport const play = handlers;\n",
  'test/support/fake.ts': "import { play } from '../../sandbox/play.ts';\nexport const fake = play;\n",
};

test('the layers as they are meant to be break no rule', async () => {
  expect(await brokenRules(sound)).toEqual([]);
});

const imports = (what: string) => `import { x } from '${what}';\nexport const y = x;\n`;
const importsType = (what: string) => `import type { X } from '${what}';\nexport type Y = X;\n`;

test.for<[rule: string, path: string, text: string]>([
  ['errors-imports', 'shared/errors/bad.ts', imports('../core/rule.ts')],
  ['contracts-imports', 'shared/contracts/bad.ts', imports('../core/rule.ts')],
  ['ports-imports', 'shared/ports/bad.ts', importsType('../adapters/client.ts')],
  ['core-imports', 'shared/core/bad.ts', imports('../adapters/client.ts')],
  ['core-imports', 'shared/core/bad.ts', importsType('../steps/step.ts')],
  ['steps-imports', 'shared/steps/bad.ts', imports('../adapters/client.ts')],
  ['adapters-imports', 'shared/adapters/bad.ts', imports('../steps/step.ts')],
  ['lambda-imports', 'shared/lambda/bad.ts', imports('../../cli/local/handlers.ts')],
  ['functions-imports', 'functions/bad.ts', imports('../shared/core/rule.ts')],
  ['resources-imports', 'resources/bad.ts', imports('../shared/adapters/client.ts')],
  ['ports-are-interfaces', 'shared/steps/bad.ts', imports('../ports/port.ts')],
  ['no-io-in-the-rules', 'shared/core/bad.ts', imports('node:fs/promises')],
  ['no-io-in-the-rules', 'shared/steps/bad.ts', imports('node:timers/promises')],
  ['clients-in-adapters-only', 'shared/core/bad.ts', importsType('@aws-sdk/client-s3')],
  ['clients-in-adapters-only', 'cli/bad.ts', imports('@aws-sdk/client-s3')],
  ['functions-are-entry-points', 'cli/bad.ts', imports('../functions/one.ts')],
  ['functions-stand-alone', 'functions/bad.ts', imports('./one.ts')],
  ['nothing-imports-tests', 'sandbox/bad.ts', imports('../test/support/fake.ts')],
  ['the-sandbox-stays-out-of-the-product', 'cli/bad.ts', imports('../sandbox/play.ts')],
  ['no-development-packages-in-the-product', 'cli/bad.ts', imports('fast-check')],
  ['only-declared-packages', 'cli/bad.ts', imports('estree-walker')],
  ['everything-resolves', 'cli/bad.ts', imports('./nowhere.ts')],
  ['no-cycles', 'shared/errors/bad.ts', imports('./bad.ts')],
  ['no-orphans', 'cli/bad.ts', 'export const alone = 1;\n'],
])('%s is told of %s', async ([rule, path, text]) => {
  expect(await brokenRules({ ...sound, [path]: text })).toContain(rule);
});
