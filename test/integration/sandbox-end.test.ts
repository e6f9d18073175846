import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { projectSandboxFolder } from '../../sandbox/processes/context.ts';
import { isRunning } from '../support/sandbox-processes/program.ts';
import { temporaryFolder } from '../support/sandbox-processes/temporary-sandbox.ts';

const main = resolve(import.meta.dirname, '../../sandbox/main.ts');

/** A sandbox of its own, and what it says, line by line. */
interface Started {
  program: ChildProcess;
  lines: NodeJS.AsyncIterator<string>;
}

function startSandbox(environment: Record<string, string> = {}): Started {
  const env = { ...process.env, ...environment };
  const program = spawn(process.execPath, [main], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  onTestFinished(() => void program.kill('SIGKILL'));
  return { program, lines: createInterface({ input: program.stderr })[Symbol.asyncIterator]() };
}

async function untilItSays(words: string, { lines }: Started): Promise<void> {
  for (let line = await lines.next(); line.done !== true; line = await lines.next()) {
    if (line.value.includes(words)) return;
  }
  throw new Error(`The sandbox ended before it said "${words}".`);
}

/** What a process has started, and what those have. */
function descendantsOf(pid: number | undefined): number[] {
  const found = execFileSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
  const parents = found.map((line) => line.trim().split(/\s+/).map(Number));
  const children = parents.flatMap(([child, parent]) => (parent === pid && child !== undefined ? [child] : []));
  return [...children, ...children.flatMap(descendantsOf)];
}

/** How the sandbox ended when it was interrupted, once everything is gone that it had started. */
async function exitCodeAfter({ impatient }: { impatient: boolean }, sandbox: Started): Promise<unknown> {
  const { program } = sandbox;
  await expect.poll(() => descendantsOf(program.pid).length).toBeGreaterThan(1);
  const started = descendantsOf(program.pid);
  const ended = once(program, 'exit');
  program.kill('SIGINT');
  await untilItSays('Ctrl-C again', sandbox);
  if (impatient) program.kill('SIGINT');
  const [code] = await ended;
  await expect.poll(() => started.filter(isRunning)).toEqual([]);
  return code;
}

/** The folders in which what is used, made and kept lies. */
async function foldersOfSandboxes(): Promise<string[]> {
  const folders = ['run', 'packages', 'parts'].map((name) => readdir(join(projectSandboxFolder, name)));
  return (await Promise.all(folders)).flat();
}

test.for([
  ['while it starts', 'Starting AWS', { impatient: false }],
  ['twice', 'Starting AWS', { impatient: true }],
  ['while it deploys', 'Deploying the service', { impatient: false }],
  ['while it is up', 'The sandbox is up', { impatient: false }],
] as const)('Ctrl-C %s ends the sandbox, and leaves nothing running', async ([, words, how]) => {
  const before = await foldersOfSandboxes();
  const sandbox = startSandbox();
  await untilItSays(words, sandbox);
  expect(await exitCodeAfter(how, sandbox)).toBe(130);
  // What an end at once leaves is removed by the next start.
  if (!how.impatient) expect(before).toEqual(expect.arrayContaining(await foldersOfSandboxes()));
});

/** A JAVA_HOME whose `java` tells its version and does nothing else. */
async function javaThatDies(): Promise<string> {
  const home = await temporaryFolder();
  await mkdir(join(home, 'bin'));
  const java = join(home, 'bin', 'java');
  await writeFile(
    java,
    '#!/bin/sh\n[ "$1" = -version ] && echo \'openjdk version "21.0.2"\' >&2 && exit\necho no memory; exit 1\n',
  );
  await chmod(java, 0o755);
  return home;
}

test('an OpenSearch that cannot start ends the sandbox with exit code 2, and leaves nothing running', async () => {
  const sandbox = startSandbox({ JAVA_HOME: await javaThatDies() });
  const ended = once(sandbox.program, 'exit');
  await untilItSays('OpenSearch ended before it was ready', sandbox);
  const started = descendantsOf(sandbox.program.pid);
  expect(await ended).toEqual([2, null]);
  await expect.poll(() => started.filter(isRunning)).toEqual([]);
});
