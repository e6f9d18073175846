import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SandboxContext } from '../processes/context.ts';
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
export async function fetchPython(context: SandboxContext): Promise<string> {
  const python = await findPython();
  const pins = [await readFile(requirements, 'utf8'), python.command, python.version];
  const folder = await fetchedFolder('python', pins, context, async (half) => {
    context.report('python: fetching MiniStack and moto.');
    await makeVirtualEnvironment(python, half, requirements, (packages) =>
      context.report(`python: ${packages} packages fetched.`),
    );
    context.report('python: ready.');
  });
  return pythonOf(folder);
}
