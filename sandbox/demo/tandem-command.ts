import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import { withoutAws } from '../account.ts';
import type { Sandbox } from '../sandbox.ts';

const command = fileURLToPath(new URL('../../cli/tandem.mjs', import.meta.url));

/**
 * Runs `tandem` as a person would, with its progress on this terminal, and answers the JSON that it prints.
 *
 * @param signal ends it at once, before the sandbox is stopped that it would ask still
 * @throws TandemError SANDBOX_DEMO_FAILED where it ends with another exit code than 0 or, for differences, 5; the
 * signal's reason
 */
export async function tandem(
  parameters: string[],
  { environment, planFile }: Pick<Sandbox, 'environment' | 'planFile'>,
  signal: AbortSignal,
): Promise<unknown> {
  signal.throwIfAborted();
  const child = spawn(process.execPath, [command, ...parameters, '--config', planFile, '--json'], {
    env: { ...withoutAws(process.env), ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
    // In a group of its own: the terminal's Ctrl-C must reach this process only, which ends the whole group.
    detached: true,
  });
  const kill = () => void (child.pid !== undefined && process.kill(-child.pid, 'SIGKILL'));
  signal.addEventListener('abort', kill);
  process.on('exit', kill);
  child.once('exit', () => {
    signal.removeEventListener('abort', kill);
    process.off('exit', kill);
  });
  const [output, [exitCode]] = await Promise.all([text(child.stdout), once(child, 'close')]);
  signal.throwIfAborted();
  if (exitCode === 0 || exitCode === 5) return JSON.parse(output);
  throw new TandemError('SANDBOX_DEMO_FAILED', `tandem ${parameters.join(' ')} ended with exit code ${exitCode}.`);
}
