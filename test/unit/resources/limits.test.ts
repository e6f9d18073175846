import { describe, expect, test } from 'vitest';
import { endpoint, repository, templateOf } from '../../support/template-of.ts';

const many = (count: number, of: (position: number) => object) =>
  Object.fromEntries(Array.from({ length: count }, (_, position) => [`p${position}`, of(position)]));
const tables = (include: string[]) => ({ tables: { include } });
const search = (position: number, differences: object = {}) => ({
  search: {
    endpoint: endpoint.replace('my-shop', `domain-${position}`),
    repository: { ...repository, basePath: `p${position}`, ...differences },
  },
});

describe('a plan file that makes too much for one stack is refused before anything is made, as', () => {
  test.for([
    ['plans', many(71, (position) => tables([`app${position}-*`])), 'stage'],
    ['policies of one role', { shop: tables(Array.from({ length: 400 }, (_, n) => `table-${n}`)) }, 'globs'],
    ['characters of whom a snapshot role trusts', many(30, (position) => search(position)), 'role of their own'],
    [
      'resources',
      many(70, (position) => ({
        ...search(position, { bucket: `b${position}x`, roleArn: `${repository.roleArn}${position}` }),
        schedule: { cron: 'rate(1 day)' },
        alerts: { email: ['ops@example.org'], topic: `arn:aws:sns:eu-west-1:111122223333:t${position}` },
      })),
      'stage',
    ],
  ] as const)('too many %s', ([what, plans, remedy]) => {
    expect(() => templateOf(plans)).toThrow(
      expect.objectContaining({
        code: 'PLAN_FILE_INVALID',
        message: expect.stringContaining(what),
        remedy: expect.stringContaining(remedy),
      }),
    );
  });
});

test('twenty plans with all that a plan can have are not too much', () => {
  const plans = many(20, (position) => ({
    ...search(position, { bucket: `bucket-${position}`, roleArn: `${repository.roleArn}${position}` }),
    ...tables([`app${position}-*`]),
    schedule: { cron: 'rate(1 day)' },
    alerts: { email: ['a@example.org', 'b@example.org'] },
  }));

  expect(() => templateOf(plans)).not.toThrow();
});
