import { spawnSync } from 'node:child_process';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { missingInterpreters } from '../../../sandbox/parts/interpreters.ts';
import { findJava } from '../../../sandbox/parts/java.ts';
import { findPython } from '../../../sandbox/parts/python.ts';
import { temporaryFolder } from '../../support/sandbox-processes/temporary-sandbox.ts';

async function script(file: string, ...lines: string[]): Promise<string> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, ['#!/bin/sh', ...lines].join('\n'));
  await chmod(file, 0o755);
  return file;
}

const java = (file: string, version: string) => script(file, `echo 'openjdk version "${version}" 2026-01-20' >&2`);
const python = (file: string, version: string) => script(file, `echo ${version}`);

test('the Java of JAVA_HOME comes first', async () => {
  const folder = await temporaryFolder();
  const own = await java(join(folder, 'home/bin/java'), '21.0.2');
  await java(join(folder, 'path/java'), '25');
  expect(await findJava({ JAVA_HOME: join(folder, 'home'), PATH: join(folder, 'path') }, [])).toBe(own);
});

test('a Java that is too old is passed over for the one on the PATH, and that for an installed one', async () => {
  const folder = await temporaryFolder();
  await java(join(folder, 'home/bin/java'), '1.8.0_392');
  await java(join(folder, 'path/java'), '17.0.15');
  const installed = await java(join(folder, 'jvm/25/bin/java'), '25.0.1');
  const environment = { JAVA_HOME: join(folder, 'home'), PATH: join(folder, 'path') };
  expect(await findJava(environment, [join(folder, 'jvm/*/bin/java')])).toBe(installed);
});

test('without a Java that is new enough the error tells which ones there are, and what to do', async () => {
  const folder = await temporaryFolder();
  await java(join(folder, 'java'), '17.0.15');
  await expect(findJava({ PATH: folder }, [])).rejects.toMatchObject({
    name: 'InvalidRequestError',
    code: 'SANDBOX_JAVA_MISSING',
    message: 'No Java 21 or newer was found (java is 17).',
    remedy: expect.stringContaining('JAVA_HOME'),
  });
});

test('a Python that is too old is passed over for one with its version in its name', async () => {
  const folder = await temporaryFolder();
  await python(join(folder, 'python3'), '3.9.18');
  await python(join(folder, 'python3.12'), '3.12.1');
  expect(await findPython({ PATH: folder })).toEqual({ command: 'python3.12', version: '3.12.1' });
});

test('Python 3.10 is not taken for 3.1', async () => {
  const folder = await temporaryFolder();
  await python(join(folder, 'python3'), '3.10.13');
  expect(await findPython({ PATH: folder })).toEqual({ command: 'python3', version: '3.10.13' });
});

test('a Python without its venv module will not do', async () => {
  const folder = await temporaryFolder();
  await script(join(folder, 'python3'), 'echo "No module named ensurepip" >&2; exit 1');
  await expect(findPython({ PATH: folder })).rejects.toMatchObject({
    name: 'InvalidRequestError',
    code: 'SANDBOX_PYTHON_MISSING',
    message: 'No Python 3.10 or newer with its venv module was found.',
    remedy: expect.stringContaining('python3-venv'),
  });
});

test.for<[lacks: string, has: ('java' | 'python')[], codes: string[]]>([
  ['nothing', ['java', 'python'], []],
  ['Java', ['python'], ['SANDBOX_JAVA_MISSING']],
  ['Python', ['java'], ['SANDBOX_PYTHON_MISSING']],
  ['both', [], ['SANDBOX_PYTHON_MISSING', 'SANDBOX_JAVA_MISSING']],
])('a machine that lacks %s is told all of it at once', async ([, has, codes]) => {
  const folder = await temporaryFolder();
  if (has.includes('java')) await java(join(folder, 'java'), '21.0.2');
  if (has.includes('python')) await python(join(folder, 'python3'), '3.12.1');

  expect(await missingInterpreters({ PATH: folder }, [])).toMatchObject(codes.map((code) => ({ code })));
});

test('the tests do not begin where an interpreter is missing', async () => {
  const program = resolve(import.meta.dirname, '../../../sandbox/require-interpreters.ts');
  const env = { PATH: await temporaryFolder() };
  const { status, stdout, stderr } = spawnSync(process.execPath, [program], { env, encoding: 'utf8' });
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(/^No Python 3.10 or newer with its venv module was found. Install Python .*$/m);
});
