import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { pages } from '../../../docs/pages.ts';

it.each(Object.entries(pages))('docs/%s is up to date (`npm run docs` brings it there)', async (file, text) => {
  expect(await readFile(join('docs', file), 'utf8')).toBe(await text());
});
