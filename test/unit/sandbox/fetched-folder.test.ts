import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fetchedFolder } from '../../../sandbox/parts/fetched-folder.ts';
import { temporarySandbox } from '../../support/sandbox-processes/temporary-sandbox.ts';

const fetchFile = (content: string) => (folder: string) => writeFile(join(folder, 'file'), content);
const refetch = () => Promise.reject(new Error('fetched again'));

test('what was fetched for the same pins is used again', async () => {
  const context = await temporarySandbox();
  const folder = await fetchedFolder('tools', ['1'], context, fetchFile('one'));
  expect(await fetchedFolder('tools', ['1'], context, refetch)).toBe(folder);
  expect(await readFile(join(folder, 'file'), 'utf8')).toBe('one');
});

test('other pins are fetched anew, and what was fetched before is removed', async () => {
  const context = await temporarySandbox();
  const old = await fetchedFolder('tools', ['1'], context, fetchFile('one'));
  const other = await fetchedFolder('others', ['1'], context, fetchFile('other'));
  const folder = await fetchedFolder('tools', ['2'], context, fetchFile('two'));
  expect(await readFile(join(folder, 'file'), 'utf8')).toBe('two');
  expect(existsSync(old)).toBe(false);
  expect(existsSync(other)).toBe(true);
});

test('nothing stays of a fetch that fails half-way', async () => {
  const context = await temporarySandbox();
  const failing = async (folder: string) => {
    await fetchFile('half')(folder);
    throw new Error('cut off');
  };
  await expect(fetchedFolder('tools', ['1'], context, failing)).rejects.toThrow('cut off');
  expect(await readdir(join(context.folder, 'parts'))).toEqual([]);
});

test('what a killed fetch left is removed, never used', async () => {
  const context = await temporarySandbox();
  const folder = await fetchedFolder('tools', ['1'], context, fetchFile('one'));
  await mkdir(`${folder}.half`);
  await writeFile(join(`${folder}.half`, 'litter'), '');

  const fetched = await fetchedFolder('tools', ['2'], context, fetchFile('two'));
  expect(await readdir(join(context.folder, 'parts'))).toEqual([fetched.split('/').at(-1)]);
  expect(await readdir(fetched)).toEqual(['file']);
});

test('of several that ask at once one fetches, and the others wait for it', async () => {
  const context = await temporarySandbox();
  const released = Promise.withResolvers<void>();
  let fetches = 0;
  const fetch = async (folder: string) => {
    fetches += 1;
    await released.promise;
    await fetchFile('one')(folder);
  };
  const asked = Promise.all([1, 2, 3].map(() => fetchedFolder('tools', ['1'], context, fetch)));
  await expect.poll(() => context.reports).toHaveLength(2);
  released.resolve();

  const [first, ...others] = await asked;
  expect(others).toEqual([first, first]);
  expect(fetches).toBe(1);
});
