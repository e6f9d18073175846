import { describe, expect, test } from 'vitest';
import type { RepositoryPlan } from '../../../shared/contracts/plan-file.ts';
import { isSameRepository, pointsElsewhere, repositorySettings } from '../../../shared/core/repository.ts';

const plan: RepositoryPlan = { name: 'tandem', bucket: 'snapshots', basePath: 'app', settings: {}, existing: [] };

describe('what a repository is registered with', () => {
  test('follows from the bucket, the path, the role and the region', () => {
    const roleArn = 'arn:aws:iam::111122223333:role/snapshots';
    expect(repositorySettings({ ...plan, roleArn }, 'eu-west-1')).toEqual({
      region: 'eu-west-1',
      bucket: 'snapshots',
      base_path: 'app',
      role_arn: roleArn,
    });
  });

  test('leaves out what the plan does not give', () => {
    expect(repositorySettings({ ...plan, basePath: '' }, 'eu-west-1')).toEqual({
      region: 'eu-west-1',
      bucket: 'snapshots',
    });
  });

  test('leaves the region out where an endpoint is given', () => {
    const settings = repositorySettings({ ...plan, settings: { endpoint: 's3.amazonaws.com' } }, 'eu-west-1');
    expect(settings).toEqual({ endpoint: 's3.amazonaws.com', bucket: 'snapshots', base_path: 'app' });
  });

  test("passes the plan's own settings on as the texts in which the server tells them", () => {
    const settings = { server_side_encryption: true, chunk_size: 5, region: 'eu-north-1' };
    expect(repositorySettings({ ...plan, settings }, 'eu-west-1')).toMatchObject({
      server_side_encryption: 'true',
      chunk_size: '5',
      region: 'eu-north-1',
    });
  });

  test('never leads to another bucket or path by its own settings', () => {
    const settings = { bucket: 'other', base_path: 'other' };
    expect(repositorySettings({ ...plan, settings }, 'eu-west-1')).toMatchObject({
      bucket: 'snapshots',
      base_path: 'app',
    });
  });
});

describe('a registered repository', () => {
  const wanted = repositorySettings(plan, 'eu-west-1');

  test.for([
    ['to the same place', 's3', wanted, undefined],
    ['to the same place with another role', 's3', { ...wanted, role_arn: 'arn' }, undefined],
    ['to another bucket', 's3', { ...wanted, bucket: 'other' }, 'bucket "other"'],
    ['to another path', 's3', { ...wanted, base_path: 'other' }, 'base_path "other"'],
    ['to the top of the bucket', 's3', { bucket: 'snapshots' }, 'base_path ""'],
    ['to a folder', 'fs', { location: '/snapshots' }, 'type "fs"'],
  ] as const)('points %s', ([, type, settings, elsewhere]) => {
    expect(pointsElsewhere({ type, settings }, wanted)).toBe(elsewhere);
  });

  test('at the top of the bucket is where a plan without a path wants it', () => {
    const top = repositorySettings({ ...plan, basePath: '' }, 'eu-west-1');
    expect(pointsElsewhere({ type: 's3', settings: { bucket: 'snapshots' } }, top)).toBeUndefined();
    expect(pointsElsewhere({ type: 's3', settings: wanted }, top)).toBe('base_path "app"');
  });

  test('is the same where the service added keys of its own', () => {
    expect(isSameRepository({ ...wanted, 'aws:extra': 'x' }, wanted)).toBe(true);
  });

  test('is another one where a setting differs or is missing', () => {
    expect(isSameRepository({ ...wanted, region: 'us-east-1' }, wanted)).toBe(false);
    expect(isSameRepository({ bucket: 'snapshots', base_path: 'app' }, wanted)).toBe(false);
  });

  test('is not judged by keys that the domain never tells back', () => {
    expect(isSameRepository(wanted, { ...wanted, access_key: 'a', secret_key: 's', session_token: 't' })).toBe(true);
  });
});
