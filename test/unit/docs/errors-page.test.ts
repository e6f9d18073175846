import { expect, test } from 'vitest';
import { errorsPage } from '../../../docs/errors-page.ts';
import { errorCatalogue } from '../../../shared/errors/catalogue.ts';

test('every code is on the page once', () => {
  const codes = [...errorsPage().matchAll(/^### ([A-Z_]+)$/gm)].map(([, code]) => code);
  expect(codes.sort()).toEqual(Object.keys(errorCatalogue).sort());
});
