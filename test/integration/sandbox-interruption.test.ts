import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { isRunning } from '../support/sandbox-processes/program.ts';

const main = resolve(import.meta.dirname, '../../sandbox/main.ts');

/** A sandbox of its own, once it has said this. */
async function sandboxThatSays(words: string): Promise<ChildProcess> {
  const program = spawn(process.execPath, [main], { stdio: ['ignore', 'ignore', 'pipe'] });
  onTestFinished(() => void program.kill('SIGKILL'));
  for await (const line of createInterface({ input: program.stderr })) if (line.includes(words)) return program;
  throw new Error(`The sandbox ended before it said "${words}".`);
}

/** What a process has started, and what those have. */
function descendantsOf(pid: number | undefined): number[] {
  const found = execFileSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
  const parents = found.map((line) => line.trim().split(/\s+/).map(Number));
  const children = parents.flatMap(([child, parent]) => (parent === pid && child !== undefined ? [child] : []));
  return [...children, ...children.flatMap(descendantsOf)];
}

/** How the process ended after these signals, once everything is gone that it had started. */
async function exitCodeAfter(signals: readonly NodeJS.Signals[], program: ChildProcess): Promise<unknown> {
  await expect.poll(() => descendantsOf(program.pid).length).toBeGreaterThan(1);
  const started = descendantsOf(program.pid);
  const ended = once(program, 'exit');
  for (const signal of signals) program.kill(signal);
  const [code] = await ended;
  await expect.poll(() => started.filter(isRunning), { timeout: 20_000 }).toEqual([]);
  return code;
}

test.for([
  ['while it starts', 'Starting AWS', ['SIGINT'], 130],
  // Two signals of one kind may arrive as one.
  ['while it stops already', 'Starting AWS', ['SIGINT', 'SIGTERM'], 143],
  ['while it deploys', 'Deploying the service', ['SIGINT'], 130],
  ['while it is up', 'The sandbox is up', ['SIGINT'], 130],
] as const)('Ctrl-C %s ends the sandbox, and leaves nothing running', async ([, words, signals, code]) => {
  expect(await exitCodeAfter(signals, await sandboxThatSays(words))).toBe(code);
});
