import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { findPlan, parsePlanFile } from '../../../shared/core/plan-file.ts';
import { wholePlanFile } from '../../support/whole-plan-file.ts';

test('the example is a plan file that can be used', async () => {
  const { plans } = parsePlanFile(await readFile('tandem.example.yml', 'utf8'), 'tandem.example.yml');
  expect(Object.keys(plans)).toEqual(['app']);
});

describe('a plan file that can be used', () => {
  const file = parsePlanFile(wholePlanFile, 'tandem.yml');

  test('says where each value stands, so that later errors can name the line', () => {
    expect(file.where('plans', 'app', 'tables', 'include', 0)).toBe('tandem.yml:6');
    expect(file.where('plans', 'app', 'deadline')).toBe('tandem.yml:18');
    expect(file.where('plans', 'app', 'search', 'auth', 'type')).toBe('tandem.yml:10');
  });

  test('says where the nearest thing stands for a value that is not given', () => {
    expect(file.where('plans', 'app', 'search', 'indices', 'exclude')).toBe('tandem.yml:11');
    expect(file.where('plans', 'other')).toBe('tandem.yml:3');
  });

  test('gives its plans by name', () => {
    expect(findPlan(file, 'app').deadline).toBe(4 * 3_600);
  });

  test.for(['other', 'toString', '__proto__', ''])('has no plan named "%s", and says which ones there are', (name) => {
    expect(() => findPlan(file, name)).toThrow(
      expect.objectContaining({
        code: 'PLAN_UNKNOWN',
        message: `There is no plan named "${name}"; the plan file holds: app.`,
      }),
    );
  });
});
