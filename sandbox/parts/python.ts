import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { TandemError } from '../../shared/errors/tandem-error.ts';

export interface Python {
  command: string;
  /** Of the form 3.12.1. */
  version: string;
}

const oldest = { major: 3, minor: 10 };
const commands = ['python3', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python3.10'];

/** Debian and Ubuntu split venv and ensurepip off into a package of their own. */
const question = 'import platform, venv, ensurepip; print(platform.python_version())';

/**
 * Finds the first Python on the PATH that can make the sandbox's virtual environment: 3.10 or newer, with venv.
 *
 * @throws TandemError SANDBOX_PYTHON_MISSING
 */
export async function findPython(environment: NodeJS.ProcessEnv = process.env): Promise<Python> {
  const seen: string[] = [];
  for (const command of commands) {
    const version = await versionOf(command, environment);
    if (version === undefined) continue;
    if (isNewEnough(version)) return { command, version };
    seen.push(`${command} is ${version}`);
  }
  const instead = seen.length > 0 ? ` (${seen.join(', ')})` : '';
  throw new TandemError('SANDBOX_PYTHON_MISSING', `No Python 3.10 or newer with its venv module was found${instead}.`);
}

/** Undefined where there is no such command, or it lacks what is asked for. */
async function versionOf(command: string, environment: NodeJS.ProcessEnv): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)(command, ['-c', question], { env: environment });
    return stdout.trim();
  } catch {
    return undefined;
  }
}

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > oldest.major || (major === oldest.major && minor >= oldest.minor);
}
