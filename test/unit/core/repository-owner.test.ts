import { expect, test } from 'vitest';
import { ownerKey, refuseForeignOwner } from '../../../shared/core/repository-owner.ts';

const place = 's3://snapshots/app';
const ownerOf = (clusterUuid: string) =>
  JSON.stringify({ version: 1, clusterUuid, endpoint: 'https://a.example.com', later: 'more' });

test.for([
  ['app', 'app.tandem-owner.json'],
  ['', '.tandem-owner.json'],
  ['a/b', 'a/b.tandem-owner.json'],
] as const)('the object of path "%s" lies beside it', ([path, key]) => {
  expect(ownerKey(path)).toBe(key);
});

test('a domain is known by its cluster', () => {
  expect(() => refuseForeignOwner(ownerOf('one'), 'one', place)).not.toThrow();
});

test.for([
  ['another domain', ownerOf('two'), 'the domain at https://a.example.com'],
  ['an object that nobody understands', 'written by hand', 'what its owner object does not tell'],
  ['an object that is gone again', '', 'what its owner object does not tell'],
] as const)('a place of %s is refused, with how to get it', ([_case, text, who]) => {
  expect(() => refuseForeignOwner(text, 'one', place)).toThrow(
    expect.objectContaining({
      code: 'REPOSITORY_SHARED',
      message: expect.stringContaining(who),
      remedy: expect.stringContaining(`delete ${place}.tandem-owner.json`),
    }),
  );
});
