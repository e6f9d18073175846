import { expect, test } from 'vitest';
import { checksPage } from '../../../docs/checks-page.ts';
import { checkCodes } from '../../../shared/core/diagnosis/catalogue.ts';

test('every check is on the page once', () => {
  const codes = [...checksPage().matchAll(/^### ([A-Z_]+)$/gm)].map(([, code]) => code);
  expect(codes.sort()).toEqual([...checkCodes].sort());
});
