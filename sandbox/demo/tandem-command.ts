import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Sandbox } from '../sandbox.ts';

const command = fileURLToPath(new URL('../../cli/tandem.mjs', import.meta.url));

/**
 * Runs `tandem` as a person would, with its progress on this terminal, and answers the JSON that it prints.
 *
 * @throws Error where it ends with another exit code than 0 or, for differences, 5
 */
export async function tandem(parameters: string[], sandbox: Sandbox, signal: AbortSignal): Promise<unknown> {
  const child = spawn(process.execPath, [command, ...parameters, '--config', sandbox.planFile, '--json'], {
    env: { ...process.env, ...sandbox.environment },
    stdio: ['ignore', 'pipe', 'inherit'],
    signal,
  });
  const [output, [exitCode]] = await Promise.all([text(child.stdout), once(child, 'close')]);
  if (exitCode === 0 || exitCode === 5) return JSON.parse(output);
  throw new Error(`tandem ${parameters.join(' ')} ended with exit code ${exitCode}.`);
}
