import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import type { SandboxRun } from '../processes/run.ts';
import { runCommand } from '../processes/run-command.ts';
import { findPython } from './python.ts';
import { makeVirtualEnvironment, reason } from './virtual-environment.ts';

const downloader = join(import.meta.dirname, '../jars/fetch_jars.py');
const requirements = join(import.meta.dirname, '../jars/requirements.txt');

/** How often progress is worth a line. */
const reportEvery = 20;

/**
 * Downloads the jars of a lock into a folder that it makes, each checked against its hash. What downloads them comes
 * from PyPI, so that no Maven is needed, and is removed again.
 *
 * @param onProgress is told how many of how many are there, in words.
 * @throws TandemError SANDBOX_PYTHON_MISSING, SANDBOX_DOWNLOAD_FAILED
 */
export async function fetchJars(
  run: SandboxRun,
  lock: string,
  folder: string,
  onProgress: (jars: string) => void,
): Promise<void> {
  const tools = join(folder, 'downloader');
  await mkdir(tools, { recursive: true });
  const command = await makeVirtualEnvironment(run, await findPython(), tools, requirements);
  let lines = 0;
  const onLine = (line: string) => {
    lines += 1;
    if (lines % reportEvery === 0) onProgress(line);
  };
  try {
    await runCommand(run, { command, args: [downloader, lock, folder], environment: process.env, folder }, onLine);
  } catch (cause) {
    throw new TandemError('SANDBOX_DOWNLOAD_FAILED', `The jars could not be fetched: ${reason(cause)}`, { cause });
  }
  await rm(tools, { recursive: true });
}
