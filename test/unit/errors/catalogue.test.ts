import { expect, test } from 'vitest';
import { errorCatalogue, errorNames } from '../../../shared/errors/catalogue.ts';
import { hasCode, isTransient, TandemError } from '../../../shared/errors/tandem-error.ts';

const entries = Object.entries(errorCatalogue);

test.for(entries)('%s says when it happens and what to do, in sentences', ([, { when, remedy }]) => {
  for (const text of [when, remedy]) expect(text).toMatch(/^[A-Z].*\.$/s);
});

test.for(entries.filter(([, { name }]) => name === 'TransientError'))(
  '%s is true of a step that is tried again and of a run that ended with it',
  ([, { remedy }]) => {
    expect(remedy).toMatch(
      /^Try again in some minutes; where that is not enough, .* carried on with the command in its report or alert/,
    );
  },
);

test('codes are written as they are looked for', () => {
  for (const [code] of entries) expect(code).toMatch(/^[A-Z]+(_[A-Z]+)*$/);
});

test('there is no name that no code has', () => {
  expect(new Set(entries.map(([, { name }]) => name))).toEqual(new Set(errorNames));
});

test('an error takes its name and its remedy from the catalogue, and keeps its cause', () => {
  const cause = new Error('429');
  const error = new TandemError('THROTTLED', 'Slow down.', { cause });
  const { name, remedy } = errorCatalogue.THROTTLED;
  expect(error).toMatchObject({ code: 'THROTTLED', name, remedy, message: 'Slow down.' });
  expect(error.cause).toBe(cause);
  expect(new TandemError('THROTTLED', 'Slow down.')).not.toHaveProperty('cause');
});

test('the place that throws may know a better remedy', () => {
  expect(new TandemError('ACCESS_DENIED', 'No.', { remedy: 'Allow s3:GetObject.' }).remedy).toBe('Allow s3:GetObject.');
});

test('only a TransientError of Tandem goes away by itself', () => {
  expect(isTransient(new TandemError('THROTTLED', 'x'))).toBe(true);
  expect(isTransient(new TandemError('ACCESS_DENIED', 'x'))).toBe(false);
  expect(isTransient(Object.assign(new Error('x'), { name: 'TransientError' }))).toBe(false);
});

test('an error is asked for its code', () => {
  const error = new TandemError('TABLE_NOT_FOUND', 'x');
  expect(hasCode(error, 'THROTTLED', 'TABLE_NOT_FOUND')).toBe(true);
  expect(hasCode(error, 'THROTTLED')).toBe(false);
  expect(hasCode(Object.assign(new Error('x'), { code: 'THROTTLED' }), 'THROTTLED')).toBe(false);
});
