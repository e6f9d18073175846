import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SandboxRun } from '../processes/run.ts';
import { fetchedFolder } from './fetched-folder.ts';
import { findPython } from './python.ts';
import { makeVirtualEnvironment, pythonOf } from './virtual-environment.ts';

const requirements = join(import.meta.dirname, '../requirements.txt');

/**
 * Fetches MiniStack, moto and cfn-lint, where they are not there yet.
 *
 * @returns a Python that has them: `-m ministack`, `-m moto.server`.
 * @throws TandemError SANDBOX_PYTHON_MISSING, SANDBOX_DOWNLOAD_FAILED
 */
export async function fetchPython(run: SandboxRun): Promise<string> {
  const python = await findPython();
  const pins = [await readFile(requirements, 'utf8'), python.command, python.version];
  const folder = await fetchedFolder('python', pins, run, async (half) => {
    const { report } = run.context;
    report('python: fetching MiniStack and moto.');
    await makeVirtualEnvironment(run, python, half, requirements, (packages) =>
      report(`python: ${packages} packages fetched.`),
    );
    report('python: ready.');
  });
  return pythonOf(folder);
}
