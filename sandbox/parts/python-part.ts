import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SandboxContext } from '../processes/context.ts';
import { fetchedFolder } from './fetched-folder.ts';
import { findPython } from './python.ts';
import { makeVirtualEnvironment, pythonOf } from './virtual-environment.ts';

/**
 * Fetches MiniStack, moto and cfn-lint, where they are not there yet.
 *
 * @returns a Python that has them: `-m ministack`, `-m moto.server`.
 * @throws TandemError SANDBOX_PYTHON_MISSING, SANDBOX_DOWNLOAD_FAILED
 */
export function fetchPython(context: SandboxContext): Promise<string> {
  return fetchPrograms('python', '../requirements.txt', 'MiniStack and moto', context);
}

/**
 * Fetches checkov, where it is not there yet. It needs so many packages that the sandbox, which does without, should not
 * wait for them.
 *
 * @returns a Python that has it: `-m checkov.main`.
 * @throws TandemError SANDBOX_PYTHON_MISSING, SANDBOX_DOWNLOAD_FAILED
 */
export function fetchCheckov(context: SandboxContext): Promise<string> {
  return fetchPrograms('checkov', '../checkov/requirements.txt', 'checkov', context);
}

async function fetchPrograms(part: string, file: string, programs: string, context: SandboxContext): Promise<string> {
  const requirements = join(import.meta.dirname, file);
  const python = await findPython();
  const pins = [await readFile(requirements, 'utf8'), python.command, python.version];
  const folder = await fetchedFolder(part, pins, context, async (half) => {
    context.report(`${part}: fetching ${programs}.`);
    await makeVirtualEnvironment(python, half, requirements, (packages) =>
      context.report(`${part}: ${packages} packages fetched.`),
    );
    context.report(`${part}: ready.`);
  });
  return pythonOf(folder);
}
