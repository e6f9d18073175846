import { execFile } from 'node:child_process';
import { glob } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { TandemError } from '../../shared/errors/tandem-error.ts';

/** What OpenSearch 3 needs. */
const oldest = 21;

/** Where JDKs lie that are installed beside the one on the PATH. */
const besides = [
  '/usr/lib/jvm/*/bin/java',
  '/Library/Java/JavaVirtualMachines/*/Contents/Home/bin/java',
  join(homedir(), '.sdkman/candidates/java/*/bin/java'),
];

/**
 * Finds the first Java that is 21 or newer: JAVA_HOME, then `java` on the PATH, then those installed beside it.
 *
 * @returns the command to run.
 * @throws TandemError SANDBOX_JAVA_MISSING
 */
export async function findJava(environment: NodeJS.ProcessEnv = process.env, installed = besides): Promise<string> {
  const seen: string[] = [];
  for await (const command of candidates(environment, installed)) {
    const version = await versionOf(command, environment);
    if (version === undefined) continue;
    if (version >= oldest) return command;
    seen.push(`${command} is ${version}`);
  }
  const instead = seen.length > 0 ? ` (${seen.join(', ')})` : '';
  throw new TandemError('SANDBOX_JAVA_MISSING', `No Java ${oldest} or newer was found${instead}.`);
}

async function* candidates(environment: NodeJS.ProcessEnv, installed: string[]): AsyncGenerator<string> {
  if (environment.JAVA_HOME !== undefined) yield join(environment.JAVA_HOME, 'bin', 'java');
  yield 'java';
  yield* glob(installed);
}

/** The major version, or undefined where there is no such command or it does not work. */
async function versionOf(command: string, environment: NodeJS.ProcessEnv): Promise<number | undefined> {
  try {
    const { stderr } = await promisify(execFile)(command, ['-version'], { env: environment });
    const major = /version "(\d+)/.exec(stderr)?.[1];
    return major === undefined ? undefined : Number(major);
  } catch {
    return undefined;
  }
}
