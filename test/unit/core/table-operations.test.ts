import { expect, test } from 'vitest';
import { operationProblems } from '../../../shared/core/table-operations.ts';
import type { TableDescription } from '../../../shared/ports/tables.ts';

type Table = Pick<TableDescription, 'status' | 'restoredFrom'>;

const many = (count: number, status: Table['status'], restoredFrom?: string): Table[] =>
  Array.from({ length: count }, () => ({ status, restoredFrom }));

test('a restore needs room for as many tables as it takes in hand', () => {
  const running = [...many(200, 'CREATING'), ...many(150, 'UPDATING'), ...many(50, 'DELETING'), ...many(900, 'ACTIVE')];
  expect(operationProblems(running, 1_000)).toEqual([]);
  expect(operationProblems([...running, ...many(1, 'UPDATING')], 1_000)).toEqual([
    expect.objectContaining({
      code: 'TABLE_OPERATIONS_LIMIT',
      message: expect.stringMatching(/^401 tables .* 100 more/),
    }),
  ]);
  expect(operationProblems([...running, ...many(1, 'UPDATING')], 99)).toEqual([]);
});

test('a restore needs one of the 50 places for restores', () => {
  expect(operationProblems(many(49, 'CREATING', 'arn:backup'), 1)).toEqual([]);
  expect(operationProblems(many(50, 'CREATING', 'arn:backup'), 1)).toEqual([
    expect.objectContaining({ code: 'TABLE_OPERATIONS_LIMIT', message: expect.stringMatching(/^50 tables/) }),
  ]);
  expect(operationProblems(many(60, 'CREATING'), 1)).toEqual([]);
});
