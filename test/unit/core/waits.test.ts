import { expect, test } from 'vitest';
import { firstWaitSeconds, nextWaitSeconds } from '../../../shared/core/waits.ts';

test('waits grow from seconds to a minute and stay there', () => {
  const waits = [firstWaitSeconds];
  for (let poll = 1; poll < 12; poll += 1) waits.push(nextWaitSeconds(waits[poll - 1] ?? Number.NaN));
  expect(waits).toEqual([2, 3, 5, 8, 12, 18, 27, 41, 60, 60, 60, 60]);
});
