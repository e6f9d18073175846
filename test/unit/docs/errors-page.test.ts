import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { errorsPage } from '../../../docs/errors-page.ts';
import { errorCatalogue } from '../../../shared/errors/catalogue.ts';

test('docs/errors.md says what the catalogue says (`npm run docs` brings it up to date)', async () => {
  expect(await readFile('docs/errors.md', 'utf8')).toBe(errorsPage());
});

test('every code is on the page once', () => {
  const codes = [...errorsPage().matchAll(/^### ([A-Z_]+)$/gm)].map(([, code]) => code);
  expect(codes.sort()).toEqual(Object.keys(errorCatalogue).sort());
});
