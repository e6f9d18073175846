import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { checksPage } from '../../../docs/checks-page.ts';
import { checkCodes } from '../../../shared/core/diagnosis/catalogue.ts';

test('docs/checks.md says what the catalogue says (`npm run docs` brings it up to date)', async () => {
  expect(await readFile('docs/checks.md', 'utf8')).toBe(checksPage());
});

test('every check is on the page once', () => {
  const codes = [...checksPage().matchAll(/^### ([A-Z_]+)$/gm)].map(([, code]) => code);
  expect(codes.sort()).toEqual([...checkCodes].sort());
});
