import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SandboxRun } from '../processes/run.ts';
import { fetchedFolder } from './fetched-folder.ts';
import { findPython } from './python.ts';
import { makeVirtualEnvironment, pythonOf } from './virtual-environment.ts';

/**
 * Fetches MiniStack, moto and cfn-lint, where they are not there yet.
 *
 * @returns a Python that has them: `import ministack`, `-m moto.server`.
 * @throws TandemError SANDBOX_PYTHON_MISSING, SANDBOX_DOWNLOAD_FAILED
 */
export function fetchPython(run: SandboxRun): Promise<string> {
  return fetchPrograms('python', '../requirements.txt', 'MiniStack and moto', run);
}

/**
 * Fetches checkov, where it is not there yet. It needs so many packages that the sandbox, which does without, should not
 * wait for them.
 *
 * @returns a Python that has it: `-m checkov.main`.
 * @throws TandemError SANDBOX_PYTHON_MISSING, SANDBOX_DOWNLOAD_FAILED
 */
export function fetchCheckov(run: SandboxRun): Promise<string> {
  return fetchPrograms('checkov', '../checkov/requirements.txt', 'checkov', run);
}

async function fetchPrograms(part: string, file: string, programs: string, run: SandboxRun): Promise<string> {
  const requirements = join(import.meta.dirname, file);
  const python = await findPython();
  const pins = [await readFile(requirements, 'utf8'), python.command, python.version];
  const folder = await fetchedFolder(part, pins, run, async (half) => {
    const { report } = run.context;
    report(`${part}: fetching ${programs}.`);
    await makeVirtualEnvironment(run, python, half, requirements, (packages) =>
      report(`${part}: ${packages} packages fetched.`),
    );
    report(`${part}: ready.`);
  });
  return pythonOf(folder);
}
