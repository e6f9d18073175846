import { createInterface } from 'node:readline';
import type { Command } from './guarded-process.ts';
import type { SandboxRun } from './run.ts';

const tailLines = 10;

/**
 * Runs a command to its end, or to that of the run, and hands on each line that it writes.
 *
 * @throws Error with the last lines that it wrote, where its exit code is not 0.
 */
export async function runCommand(
  run: SandboxRun,
  command: Command,
  onLine: (line: string) => void = () => {},
): Promise<void> {
  const guarded = run.launch(command, 'pipe');
  const tail: string[] = [];
  const keep = (line: string) => {
    tail.push(line);
    if (tail.length > tailLines) tail.shift();
    onLine(line);
  };
  for (const input of guarded.output) createInterface({ input }).on('line', keep);
  const code = await guarded.ended;
  if (code !== 0) throw new Error(`${command.command} ended with exit code ${code}.\n${tail.join('\n')}`);
}
