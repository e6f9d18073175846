import { describe, expect, test } from 'vitest';
import { planSchema } from '../../../shared/contracts/plan-file.ts';
import { assertWithinDeadline, deadlineOf, few } from '../../../shared/core/deadline.ts';

const plan = planSchema.parse({ tables: { include: ['app-*'] }, deadline: '90m' });

test('the deadline counts from the start of the execution', () => {
  expect(deadlineOf(plan, '2026-11-22T03:00:00+01:00')).toBe('2026-11-22T03:30:00.000Z');
});

describe('a run', () => {
  const deadlineAt = '2026-11-22T03:30:00.000Z';
  const pending = () => 'the backups of a, b';

  test('goes on before its deadline', () => {
    expect(() => assertWithinDeadline(new Date('2026-11-22T03:29:59.999Z'), deadlineAt, pending)).not.toThrow();
  });

  test('fails from its deadline on, and says what was pending', () => {
    expect(() => assertWithinDeadline(new Date(deadlineAt), deadlineAt, pending)).toThrow(
      expect.objectContaining({
        name: 'DeadlineExceededError',
        code: 'DEADLINE_EXCEEDED',
        message: expect.stringContaining('Pending: the backups of a, b.'),
      }),
    );
  });
});

test('of many names the first ten are shown, and how many more there are', () => {
  const names = Array.from({ length: 12 }, (_, position) => `t${position}`);
  expect(few(names.slice(0, 10))).toBe('t0, t1, t2, t3, t4, t5, t6, t7, t8, t9');
  expect(few(names)).toBe('t0, t1, t2, t3, t4, t5, t6, t7, t8, t9 and 2 more');
  expect(few([])).toBe('');
});
