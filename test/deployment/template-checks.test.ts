import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { stringify } from 'yaml';
import * as z from 'zod';
import { besidePlans } from '../../resources/limits.ts';
import { planResources } from '../../resources/plan-resources.ts';
import { fetchCheckov, fetchPython } from '../../sandbox/parts/python-part.ts';
import { projectSandboxFolder } from '../../sandbox/processes/context.ts';
import { SandboxRun } from '../../sandbox/processes/run.ts';
import { runCommand } from '../../sandbox/processes/run-command.ts';
import { systemClock } from '../../shared/adapters/system-clock.ts';
import { parsePlanFile } from '../../shared/core/plan-file.ts';
import { everything } from '../support/everything.ts';
import { packagedTemplate, rolesOf } from '../support/packaged-template.ts';
import { unscoped } from '../support/role-exceptions.ts';

const project = resolve(import.meta.dirname, '../..');
let run: SandboxRun;
let whole: Awaited<ReturnType<typeof packagedTemplate>>;

beforeAll(async () => {
  run = await SandboxRun.open({ folder: projectSandboxFolder, report: () => {}, clock: systemClock });
  const planFile = join(run.folder, 'tandem.yml');
  await writeFile(planFile, stringify(everything));
  whole = await packagedTemplate(planFile);
  return () => run.stop();
});

test('no role may do all that a service has, and only what no service can scope is allowed on everything', () => {
  const statements = [...rolesOf(whole.resources).values()].flat();

  expect(statements.flatMap(({ Action }) => Action).filter((action) => action.includes('*'))).toEqual([]);
  const onEverything = statements.filter(({ Resource }) => Resource.includes('*')).flatMap(({ Action }) => Action);
  expect([...new Set(onEverything)].sort()).toEqual(Object.values(unscoped).flat().sort());
});

test('the network and the key reach what the Serverless Framework makes itself', () => {
  const properties = (id: string) => whole.resources[id]?.Properties;

  expect(properties('PlanBackupLambdaFunction')).toMatchObject({ VpcConfig: { SubnetIds: ['subnet-0a1b2c3d'] } });
  const logGroups = Object.values(whole.resources).filter(({ Type }) => Type === 'AWS::Logs::LogGroup');
  for (const { Properties } of logGroups) expect(Properties).toMatchObject({ KmsKeyId: everything.kmsKey });
});

test('the functions that talk to a search domain are in its network, and no others', async () => {
  for (const [id, { Type, Properties }] of Object.entries(whole.resources)) {
    if (Type !== 'AWS::Lambda::Function') continue;
    const handler = String(Properties.Handler).replace(/\.handler$/, '.ts');
    const connects = (await readFile(join(project, handler), 'utf8')).includes('composeSearch()');
    expect([id, 'VpcConfig' in Properties]).toEqual([id, connects]);
  }
});

test('there is room for what the Serverless Framework adds in what is refused as too much', () => {
  const ofPlans = planResources(parsePlanFile(stringify(everything), 'tandem.yml')).resources;

  const beside = Object.keys(whole.resources).length - Object.keys(ofPlans.Resources).length;
  expect(beside).toBeLessThanOrEqual(besidePlans.resources);
});

test.concurrent('cfn-lint finds nothing in the templates of the example and of everything', async () => {
  const python = await fetchPython(run);
  const example = await packagedTemplate(join(project, 'tandem.example.yml'));
  const args = [join(dirname(python), 'cfn-lint'), example.file, whole.file];

  const lint = runCommand(run, { command: python, args, environment: process.env, folder: whole.folder });

  await expect(lint).resolves.toBeUndefined();
});

const reportSchema = z.object({
  results: z.object({
    passed_checks: z.array(z.unknown()),
    failed_checks: z.array(z.object({ check_id: z.string(), check_name: z.string(), resource: z.string() })),
    skipped_checks: z.array(z.object({ check_result: z.object({ suppress_comment: z.string() }) })),
  }),
});

// Fetches what it needs where nobody did so before, which takes longer than a test may.
test.concurrent('checkov finds nothing in them but what they say, with the reason, is meant to be so', {
  timeout: 600_000,
}, async () => {
  const command = await fetchCheckov(run);
  const { file, folder } = whole;
  const example = await packagedTemplate(join(project, 'tandem.example.yml'));
  const options = ['--framework', 'cloudformation', '--output', 'json', '--soft-fail', '--skip-download'];
  const lines: string[] = [];
  const args = ['-m', 'checkov.main', '--file', file, example.file, ...options];
  const environment = { PATH: process.env.PATH, HOME: projectSandboxFolder };

  await runCommand(run, { command, args, environment, folder }, (line) => {
    lines.push(line);
  });

  const { passed_checks, failed_checks, skipped_checks } = reportSchema.parse(JSON.parse(lines.join('\n'))).results;
  expect(passed_checks.length).toBeGreaterThan(200);
  expect(failed_checks).toEqual([]);
  for (const { check_result } of skipped_checks) expect(check_result.suppress_comment).toMatch(/.{40}/);
});
