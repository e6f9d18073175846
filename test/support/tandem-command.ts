import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const command = fileURLToPath(new URL('../../cli/tandem.mjs', import.meta.url));

export interface Answer {
  exitCode: number;
  /** What stands on standard output, read as the one JSON document that it has to be. */
  json: unknown;
  /** Progress and errors, for people. */
  told: string;
}

/** Runs `tandem ... --json` as somebody would in a terminal of its own. */
export async function tandem(parameters: string[], environment: Record<string, string>): Promise<Answer> {
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, ...environment };
  const child = spawn(process.execPath, [command, ...parameters, '--json'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const [output, told, [exitCode]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { exitCode: Number(exitCode), json: JSON.parse(output), told };
}
