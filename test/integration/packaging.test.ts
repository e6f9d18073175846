import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import validate from 'asl-validator';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { bundleSizes, largestBundle } from '../../sandbox/deployment/bundle-sizes.ts';
import { packageFolder, packageService } from '../../sandbox/deployment/service-package.ts';
import { fetchPython } from '../../sandbox/parts/python-part.ts';
import { projectSandboxFolder } from '../../sandbox/processes/context.ts';
import { SandboxRun } from '../../sandbox/processes/run.ts';
import { runCommand } from '../../sandbox/processes/run-command.ts';
import { systemClock } from '../../shared/adapters/system-clock.ts';

const project = resolve(import.meta.dirname, '../..');

const templateSchema = z.object({
  Resources: z.record(z.string(), z.object({ Type: z.string(), Properties: z.record(z.string(), z.unknown()) })),
});

/** The text of a state machine, and what CloudFormation puts in the place of each name in it. */
const definitionSchema = z.object({ 'Fn::Sub': z.tuple([z.string(), z.record(z.string(), z.unknown())]) });

const environmentSchema = z
  .object({ Variables: z.object({ TANDEM_CONFIG: z.string().optional() }) })
  .transform(({ Variables }) => Variables)
  .prefault({ Variables: {} });

const policySchema = z.object({
  PolicyDocument: z.object({
    Statement: z.array(z.object({ Action: z.union([z.string(), z.array(z.string())]), Resource: z.unknown() })),
  }),
});
const policiesSchema = z.object({ Policies: z.array(policySchema) });
const attachedSchema = policySchema.extend({ Roles: z.array(z.object({ Ref: z.string() })) });

/** What `serverless package` makes of the example of a plan file, with no AWS in reach. */
let folder: string;
let resources: z.output<typeof templateSchema>['Resources'];

let run: SandboxRun;

beforeAll(async () => {
  run = await SandboxRun.open({ folder: projectSandboxFolder, report: () => {}, clock: systemClock });
  folder = join(await packageService(join(project, 'tandem.example.yml'), run), packageFolder);
  const template = await readFile(join(folder, 'cloudformation-template-update-stack.json'), 'utf8');
  resources = templateSchema.parse(JSON.parse(template)).Resources;
});

afterAll(() => run.stop());

const ofType = (type: string) => Object.entries(resources).filter(([, resource]) => resource.Type === type);
const propertiesOf = (id: string) => resources[id]?.Properties ?? {};
const definitionOf = (workflow: string) =>
  definitionSchema.parse(propertiesOf(`${workflow}StateMachine`).DefinitionString)['Fn::Sub'];
const functionsIn = (value: unknown) => new Set(JSON.stringify(value).match(/\w+LambdaFunction/g));

test('the template passes cfn-lint without a finding and without an exception', async () => {
  const python = await fetchPython(run);
  const args = [join(dirname(python), 'cfn-lint'), join(folder, 'cloudformation-template-update-stack.json')];

  const lint = runCommand(run, { command: python, args, environment: process.env, folder });

  await expect(lint).resolves.toBeUndefined();
});

test.for(['Backup', 'Restore'])('the definition of %s is valid with each function at its place', (name) => {
  const [definition, functions] = definitionOf(name);
  const arn = 'arn:aws:lambda:eu-west-1:111122223333:function:f';
  const text = Object.keys(functions).reduce((filled, id) => filled.replaceAll(`\${${id}}`, arn), definition);

  const { isValid, errorsText } = validate(JSON.parse(text));
  expect(isValid, errorsText('\n')).toBe(true);
});

test.for(['Backup', 'Restore'])('the role of %s may call the functions of its definition and no others', (name) => {
  const [, functions] = definitionOf(name);

  expect(functionsIn(propertiesOf(`${name}MachineRole`))).toEqual(functionsIn(functions));
});

test('ledgers are forgotten after a while, and no rule of the catalog touches a recovery point', () => {
  expect(propertiesOf('CatalogBucket').LifecycleConfiguration).toEqual({
    Rules: [expect.objectContaining({ Prefix: 'ledgers/', ExpirationInDays: 90 })],
  });
});

/** Where a role may write into buckets, by its own policies and by those that are attached to it. */
function writtenBy(role: string): unknown[] {
  const own = policiesSchema.parse(propertiesOf(role)).Policies;
  const attached = ofType('AWS::IAM::ManagedPolicy').map(([, { Properties }]) => attachedSchema.parse(Properties));
  const policies = [...own, ...attached.filter(({ Roles }) => Roles.some(({ Ref }) => Ref === role))];
  return policies
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
    .filter(({ Action }) => [Action].flat().includes('s3:PutObject'))
    .map(({ Resource }) => Resource);
}

test('a restore can write ledgers alone, and a backup recovery points as well', () => {
  const objects = (prefix: string) => ({ 'Fn::Sub': `\${CatalogBucket.Arn}/${prefix}/*` });
  expect(writtenBy('RestoreRole')).toEqual([objects('ledgers')]);
  expect(writtenBy('BackupRole')).toEqual([objects('ledgers'), objects('recovery-points')]);
});

test('each function runs with the role of its workflow, and keeps its log for a while only', () => {
  for (const [id, { Properties }] of ofType('AWS::Lambda::Function')) {
    const workflow = functionsIn(definitionOf('Backup')).has(id) ? 'Backup' : 'Restore';
    expect([id, Properties.Role]).toEqual([id, { 'Fn::Sub': `\${${workflow}Role.Arn}` }]);
    expect(propertiesOf(id.replace('LambdaFunction', 'LogGroup'))).toMatchObject({ RetentionInDays: 30 });
  }
});

test('the plan file is in the packages of the functions that read it, where they look for it', async () => {
  const holding: string[] = [];
  for (const [id, { Properties }] of ofType('AWS::Lambda::Function')) {
    const name = id.charAt(0).toLowerCase() + id.slice(1).replace('LambdaFunction', '');
    const files = unzipSync(await readFile(join(folder, `${name}.zip`)));
    if ('tandem.yml' in files) holding.push(name);
    const { TANDEM_CONFIG } = environmentSchema.parse(Properties.Environment);
    expect([name, TANDEM_CONFIG]).toEqual([name, 'tandem.yml' in files ? 'tandem.yml' : undefined]);
  }
  expect(holding.sort()).toEqual([
    'ensureRepository',
    'planBackup',
    'planRestore',
    'reportBackupFailure',
    'reportRestoreFailure',
  ]);
});

test('a function that reaches the search domain alone has no client of the catalog', async () => {
  const packaged = unzipSync(await readFile(join(folder, 'ensureRepository.zip')));
  const code = Object.entries(packaged).flatMap(([file, content]) => (file.endsWith('.js') ? strFromU8(content) : []));

  expect(code.join()).toContain('SecretsManager');
  expect(code.join()).not.toContain('AmazonS3');
});

test('no function is larger than it may be, and one that needs no client has none', async () => {
  const sizes = await bundleSizes(folder);

  expect(sizes).toHaveLength(ofType('AWS::Lambda::Function').length);
  expect(sizes.filter(({ bytes }) => bytes > largestBundle)).toEqual([]);
  const withoutClients = sizes.filter(({ name }) => name.endsWith('Outcome'));
  expect(withoutClients.map(({ bytes }) => bytes < 200 * 1024)).toEqual([true, true]);
});
