import { join } from 'node:path';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import type { SandboxRun } from '../processes/run.ts';
import { runCommand } from '../processes/run-command.ts';
import type { Python } from './python.ts';

/** How often progress is worth a line. */
const reportEvery = 10;

const pipOptions = ['--require-hashes', '--only-binary=:all:', '--no-compile', '--disable-pip-version-check'];

/**
 * Makes a virtual environment with the packages of a requirements file, each checked against its hashes. It may be
 * moved afterwards, as long as its programs are run as `python -m`.
 *
 * @param onProgress is told how many packages were fetched so far.
 * @returns its Python.
 * @throws TandemError SANDBOX_DOWNLOAD_FAILED
 */
export async function makeVirtualEnvironment(
  run: SandboxRun,
  python: Python,
  folder: string,
  requirements: string,
  onProgress: (packages: number) => void = () => {},
): Promise<string> {
  const environment = process.env;
  await runCommand(run, { command: python.command, args: ['-m', 'venv', folder], environment, folder });
  const own = pythonOf(folder);
  const args = ['-m', 'pip', 'install', ...pipOptions, '-r', requirements];
  let packages = 0;
  const count = (line: string) => {
    if (!line.startsWith('Collecting ')) return;
    packages += 1;
    if (packages % reportEvery === 0) onProgress(packages);
  };
  try {
    await runCommand(run, { command: own, args, environment, folder }, count);
  } catch (cause) {
    throw new TandemError('SANDBOX_DOWNLOAD_FAILED', `pip could not install the packages: ${reason(cause)}`, { cause });
  }
  return own;
}

/** The Python of a virtual environment. */
export function pythonOf(folder: string): string {
  return join(folder, 'bin', 'python');
}

/** The line of a failed command's output that says why. */
export function reason(error: unknown): string {
  const lines = String(error).trim().split('\n');
  return lines.findLast((line) => line.startsWith('ERROR')) ?? lines.at(-1) ?? '';
}
