import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import packageFile from '../../../package.json' with { type: 'json' };
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

/** Runs a program at a terminal, and passes on what is typed. */
const atTerminal = 'import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))';

/** Stands for `tandem`: says how often it heard of Ctrl-C, once it is told to end. */
const countingInterrupts = `
  export async function runAsProgram() {
    let interrupts = 0;
    process.on('SIGINT', () => console.log('interrupt ' + (interrupts += 1)));
    process.on('SIGTERM', () => process.exit(interrupts));
    console.log('launched by ' + process.ppid);
    process.stdin.resume();
  }`;

it('tandem, started by an older Node, hears of a Ctrl-C at a terminal once', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tandem-launcher-'));
  for (const name of ['cli', 'node_modules/.bin']) await mkdir(join(folder, name), { recursive: true });
  await copyFile(launcher, join(folder, launcher));
  await symlink(process.execPath, join(folder, 'node_modules/.bin/node'));
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  await writeFile(join(folder, 'cli/main.ts'), countingInterrupts);

  const terminal = spawn('python3', ['-c', atTerminal, process.execPath, '--import', oldNode, join(folder, launcher)]);
  const ended = once(terminal, 'exit');
  let launcherId = 0;
  for await (const line of createInterface(terminal.stdout)) {
    const [, id] = /launched by (\d+)/.exec(line) ?? [];
    if (id !== undefined) {
      launcherId = Number(id);
      terminal.stdin.write('\u0003');
    }
    // The launcher passes signals on in the order in which they come.
    if (line.includes('interrupt 1')) process.kill(launcherId, 'SIGTERM');
  }

  expect(await ended).toEqual([1, null]);
  await rm(folder, { recursive: true });
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
