import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fetchedFolder } from '../../../sandbox/parts/fetched-folder.ts';
import { runCommand } from '../../../sandbox/processes/run-command.ts';
import { temporaryRun } from '../../support/sandbox-processes/temporary-sandbox.ts';

const fetchFile = (content: string) => (folder: string) => writeFile(join(folder, 'file'), content);
const refetch = () => Promise.reject(new Error('fetched again'));

/** The locks stay: to remove them would take them from whoever waits for them. */
async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile() && !entry.name.endsWith('.lock')).map((entry) => entry.name);
}

test('what was fetched for the same pins is used again', async () => {
  const { run } = await temporaryRun();
  const folder = await fetchedFolder('tools', ['1'], run, fetchFile('one'));
  expect(await fetchedFolder('tools', ['1'], run, refetch)).toBe(folder);
  expect(await readFile(join(folder, 'file'), 'utf8')).toBe('one');
});

test('other pins are fetched anew, and what was fetched before is removed', async () => {
  const { run } = await temporaryRun();
  const old = await fetchedFolder('tools', ['1'], run, fetchFile('one'));
  const other = await fetchedFolder('others', ['1'], run, fetchFile('other'));
  const folder = await fetchedFolder('tools', ['2'], run, fetchFile('two'));
  expect(await readFile(join(folder, 'file'), 'utf8')).toBe('two');
  expect(existsSync(old)).toBe(false);
  expect(existsSync(other)).toBe(true);
});

test('nothing stays of a fetch that fails half-way', async () => {
  const { run } = await temporaryRun();
  const failing = async (folder: string) => {
    await fetchFile('half')(folder);
    throw new Error('cut off');
  };
  await expect(fetchedFolder('tools', ['1'], run, failing)).rejects.toThrow('cut off');
  await run.stop();
  expect(await filesBelow(run.context.folder)).toEqual([]);
});

test('a fetch that is left is ended, and nothing stays of it', async () => {
  const { run } = await temporaryRun();
  const begun = Promise.withResolvers<void>();
  const endless = async (folder: string) => {
    const args = ['-c', 'touch half; echo begun; sleep 600'];
    await runCommand(run, { command: 'sh', args, environment: process.env, folder }, () => begun.resolve());
  };
  const fetching = expect(fetchedFolder('tools', ['1'], run, endless)).rejects.toThrow('sh ended');
  await begun.promise;

  await run.stop();
  await fetching;
  expect(await filesBelow(run.context.folder)).toEqual([]);
});

test('of several that ask at once one fetches, and the others wait for it', async () => {
  const { run, context } = await temporaryRun();
  const released = Promise.withResolvers<void>();
  let fetches = 0;
  const fetch = async (folder: string) => {
    fetches += 1;
    await released.promise;
    await fetchFile('one')(folder);
  };
  const asked = Promise.all([1, 2, 3].map(() => fetchedFolder('tools', ['1'], run, fetch)));
  await expect.poll(() => context.reports).toHaveLength(2);
  released.resolve();

  const [first, ...others] = await asked;
  expect(others).toEqual([first, first]);
  expect(fetches).toBe(1);
});
