import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import validate from 'asl-validator';
import { strFromU8, unzipSync } from 'fflate';
import { beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { bundleSizes, largestBundle } from '../../sandbox/deployment/bundle-sizes.ts';
import { type PackagedResources, packagedTemplate, rolesOf } from '../support/packaged-template.ts';

const project = resolve(import.meta.dirname, '../..');

/** The text of a state machine, and what CloudFormation puts in the place of each name in it. */
const definitionSchema = z.object({ 'Fn::Sub': z.tuple([z.string(), z.record(z.string(), z.unknown())]) });

const environmentSchema = z
  .object({ Variables: z.object({ TANDEM_CONFIG: z.string().optional() }) })
  .transform(({ Variables }) => Variables)
  .prefault({ Variables: {} });

/** What `serverless package` makes of the example of a plan file, with no AWS in reach. */
let folder: string;
let resources: PackagedResources;

beforeAll(async () => {
  ({ folder, resources } = await packagedTemplate(join(project, 'tandem.example.yml')));
});

const ofType = (type: string) => Object.entries(resources).filter(([, resource]) => resource.Type === type);
const propertiesOf = (id: string) => resources[id]?.Properties ?? {};
const definitionOf = (workflow: string) =>
  definitionSchema.parse(propertiesOf(`${workflow}StateMachine`).DefinitionString)['Fn::Sub'];
const functionsIn = (value: unknown) => new Set(JSON.stringify(value).match(/\w+LambdaFunction/g));

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

/** Where a role may write into buckets. */
function writtenBy(role: string): unknown[] {
  const statements = rolesOf(resources).get(role) ?? [];
  return statements.filter(({ Action }) => Action.includes('s3:PutObject')).flatMap(({ Resource }) => Resource);
}

test('a restore can write ledgers and safety points alone, and a backup every recovery point and owner', () => {
  const objects = (keys: string) =>
    expect.objectContaining({ 'Fn::Sub': expect.toSatisfy((arn: string) => arn.endsWith(keys)) });
  expect(writtenBy('RestoreRole')).toEqual([
    objects('/ledgers/*'),
    objects('/recovery-points/*/*-safety/manifest.json'),
  ]);
  expect(writtenBy('BackupRole')).toEqual([
    objects('/ledgers/*'),
    objects('/recovery-points/*'),
    objects('/app.tandem-owner.json'),
  ]);
});

/** No steps: two put back what a restore has left, and one looks at what backups have made. */
const besideDefinitions: Record<string, string> = {
  ReportStoppedRestoreLambdaFunction: 'Restore',
  ResumeLeftWritersLambdaFunction: 'Restore',
  MeasureAgeLambdaFunction: 'Backup',
};

test('each function runs with the role of its workflow, and keeps its log for a while only', () => {
  for (const [id, { Properties }] of ofType('AWS::Lambda::Function')) {
    const ofDefinition = ['Backup', 'Restore'].find((name) => functionsIn(definitionOf(name)).has(id));
    const workflow = besideDefinitions[id] ?? ofDefinition ?? 'Setup';
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
    'measureAge',
    'planBackup',
    'planRestore',
    'reportBackupFailure',
    'reportRestoreFailure',
    'reportStoppedRestore',
    'resumeLeftWriters',
    'setUpDomain',
  ]);
});

test('a function that reaches the search domain alone has no client of the catalog', async () => {
  const packaged = unzipSync(await readFile(join(folder, 'setUpDomain.zip')));
  const code = Object.entries(packaged).flatMap(([file, content]) => (file.endsWith('.js') ? strFromU8(content) : []));

  expect(code.join()).toContain('SecretsManager');
  expect(code.join()).not.toContain('AmazonS3');
});

test('no function is larger than it may be, and one that needs no client has none', async () => {
  const sizes = await bundleSizes(folder);

  expect(sizes).toHaveLength(ofType('AWS::Lambda::Function').length);
  expect(sizes.filter(({ bytes }) => bytes > largestBundle)).toEqual([]);
  const withoutClients = sizes.filter(({ name }) => name.endsWith('BackupOutcome'));
  expect(withoutClients.map(({ bytes }) => bytes < 200 * 1024)).toEqual([true]);
});
