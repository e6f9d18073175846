import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import packageFile from '../../../package.json' with { type: 'json' };
import { temporaryFolder } from '../../support/sandbox-processes/temporary-sandbox.ts';
import { type Scripted, startScriptedServer } from '../../support/scripted-server.ts';
import { webinyOutputs, webinyProject, webinyState } from '../../support/webiny-state.ts';

const launcher = 'cli/tandem.mjs';
/** Makes the Node that starts the launcher look like an old one; the one that it hands over to does not get this. */
const oldNode = `data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'20.1.0'}})`;

const failureSchema = z.object({ code: z.number(), stdout: z.string(), stderr: z.string() });

async function start(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  try {
    return { code: 0, ...(await promisify(execFile)(process.execPath, args)) };
  } catch (error) {
    const { code, stdout, stderr } = failureSchema.parse(error);
    return { code, stdout, stderr };
  }
}

/** The environment of somebody whose AWS does this, and what it was asked. */
async function anAwsThat(does: Scripted) {
  const { endpoint, received, stop } = await startScriptedServer(does);
  onTestFinished(stop);
  const config = join(await temporaryFolder(), 'tandem.yml');
  await writeFile(
    config,
    'version: 1\ncatalog: { bucket: the-catalog }\nplans: { app: { tables: { include: [a] } } }\n',
  );
  const environment = {
    PATH: process.env.PATH,
    HOME: '/nonexistent',
    TANDEM_CONFIG: config,
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  };
  return { environment, received };
}

describe.each([
  ['the Node that Tandem needs', []],
  ['an older Node', ['--import', oldNode]],
])('tandem, started by %s', (_case, options) => {
  it('says its version and nothing else', async () => {
    expect(await start(...options, launcher, '--version')).toEqual({
      code: 0,
      stdout: `${packageFile.version}\n`,
      stderr: '',
    });
  });

  it('leaves standard output to the one document, and exits as the contract says', async () => {
    const { code, stdout, stderr } = await start(...options, launcher, 'list', '--json', '--config', 'nowhere.yml');

    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'PLAN_FILE_MISSING' } });
    expect(stderr).toMatch(/^error \[PLAN_FILE_MISSING\]: The plan file nowhere.yml cannot be read/);
  });
});

it.each(['Nowhere/City', ''])('tandem init takes UTC where TZ names no time zone: "%s"', async (TZ) => {
  const project = await webinyProject({ 'prod.json': webinyState(webinyOutputs.v5) });
  const [state, planFile] = [join(project, 'prod.json'), join(project, 'tandem.yml')];

  const { stdout } = await promisify(execFile)(
    process.execPath,
    [launcher, 'init', '--webiny', state, '--config', planFile, '--json'],
    { env: { ...process.env, TZ } },
  );

  expect(JSON.parse(stdout)).toMatchObject({ schedule: { timezone: 'UTC' } });
});

it.each([
  ['no keys are', '', 'OPSKEY'],
  ['keys are', 'test', 'test'],
])(
  'takes AWS_DEFAULT_REGION and AWS_DEFAULT_PROFILE, as the AWS command line does where %s set',
  async (_case, AWS_ACCESS_KEY_ID, used) => {
    const { environment, received } = await anAwsThat({ json: { stateMachines: [] } });
    const home = await temporaryFolder();
    await writeFile(join(home, 'credentials'), '[ops]\naws_access_key_id = OPSKEY\naws_secret_access_key = secret\n');
    const unset = { AWS_REGION: '', AWS_PROFILE: '', AWS_ACCESS_KEY_ID };
    const usual = { AWS_DEFAULT_REGION: 'eu-west-1', AWS_DEFAULT_PROFILE: 'ops' };
    const env = { ...environment, ...unset, ...usual, AWS_SHARED_CREDENTIALS_FILE: join(home, 'credentials') };

    const { stdout } = await promisify(execFile)(process.execPath, [launcher, 'watch', '--json'], { env }).catch(
      (error) => failureSchema.parse(error),
    );

    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'NOT_DEPLOYED' } });
    expect(received[0]?.headers.authorization).toMatch(new RegExp(`Credential=${used}/\\d+/eu-west-1/`));
  },
);

it('ends as a shell would tell it where a signal ends the Node that it hands over to', async () => {
  const { environment, received } = await anAwsThat('silence');
  const child = spawn(process.execPath, ['--import', oldNode, launcher, 'watch'], {
    env: environment,
    stdio: 'ignore',
  });
  await expect.poll(() => received.length).toBeGreaterThan(0);
  child.kill('SIGHUP');

  expect(await once(child, 'exit')).toEqual([129, null]);
});

describe('tandem, without the Node that comes with it', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tandem-launcher-'));
    await mkdir(join(folder, 'cli'));
    await copyFile(launcher, join(folder, launcher));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('says what to do, and exits with 2', async () => {
    const { code, stdout, stderr } = await start('--import', oldNode, join(folder, launcher), 'list');

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^tandem needs Node 24 or newer.*\nWhat to do: run npm ci/);
  });
});
