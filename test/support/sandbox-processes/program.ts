import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { onTestFinished } from 'vitest';

export type Program = ChildProcessByStdio<null, Readable, null>;

/** Starts another process of the project's Node, for what happens to it when it is killed. */
export function startProgram(name: string, ...args: string[]): Program {
  const file = join(import.meta.dirname, name);
  const program = spawn(process.execPath, [file, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void program.kill('SIGKILL'));
  return program;
}

/** The next line that it prints. */
export async function nextLine(program: Program): Promise<string> {
  const lines = createInterface({ input: program.stdout });
  const [line] = await once(lines, 'line');
  return String(line);
}

/** As a crash or the system would, with no chance to clean up. */
export async function killOutright(program: Program): Promise<void> {
  program.kill('SIGKILL');
  await once(program, 'exit');
}

/** False for a process that is gone, or dead and not yet taken note of by whoever inherited it. */
export function isRunning(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  return stdout.trim() !== '' && !stdout.startsWith('Z');
}
