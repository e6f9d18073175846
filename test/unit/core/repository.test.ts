import { describe, expect, test } from 'vitest';
import type { RepositoryPlan } from '../../../shared/contracts/plan-file.ts';
import { bringsKeys, registrationConflict, settingsToRegister } from '../../../shared/core/repository.ts';

const plan: RepositoryPlan = { name: 'tandem', bucket: 'snapshots', basePath: 'app', settings: {}, existing: [] };
const registered = { bucket: 'snapshots', base_path: 'app' };

function planWith(settings: RepositoryPlan['settings']): RepositoryPlan {
  return { ...plan, settings };
}

describe('what a repository is registered with', () => {
  const anew = (repository: RepositoryPlan) => settingsToRegister(undefined, repository, 'eu-west-1');

  test('follows from the bucket, the path, the role and the region', () => {
    const roleArn = 'arn:aws:iam::111122223333:role/snapshots';
    expect(anew({ ...plan, roleArn })).toEqual({ ...registered, region: 'eu-west-1', role_arn: roleArn });
  });

  test('leaves out what the plan does not give', () => {
    expect(anew({ ...plan, basePath: '' })).toEqual({ region: 'eu-west-1', bucket: 'snapshots' });
  });

  test('leaves the region out where an endpoint is given', () => {
    const endpoint = 's3.amazonaws.com';
    expect(anew(planWith({ endpoint }))).toEqual({ ...registered, endpoint });
  });

  test("passes the plan's own settings on as the texts in which the server tells them", () => {
    const settings = { server_side_encryption: true, chunk_size: 5, region: 'eu-north-1' };
    expect(anew(planWith(settings))).toMatchObject({
      server_side_encryption: 'true',
      chunk_size: '5',
      region: 'eu-north-1',
    });
  });

  test('never leads to another bucket or path by its own settings', () => {
    expect(anew(planWith({ bucket: 'other', base_path: 'other' }))).toMatchObject(registered);
  });
});

describe('a registration that can be used', () => {
  const again = (settings: Record<string, string>, repository = plan) =>
    settingsToRegister(settings, repository, 'eu-west-1');

  test('is left alone where it says what the plan says, whatever else it says', () => {
    expect(again({ ...registered, 'aws:extra': 'x', chunk_size: '1gb' })).toBeUndefined();
  });

  test('is left alone where its path ends with a slash, which is the same place', () => {
    expect(again({ ...registered, base_path: 'app/' })).toBeUndefined();
  });

  test('is not judged by a region that the plan does not name', () => {
    expect(again(registered)).toBeUndefined();
    expect(again({ ...registered, region: 'us-east-1' })).toBeUndefined();
    expect(again({ ...registered, region: 'us-east-1' }, planWith({ region: 'eu-north-1' }))).toEqual({
      ...registered,
      region: 'eu-north-1',
    });
  });

  test('is not judged by keys that the domain never tells back', () => {
    const keys = { access_key: 'a', secret_key: 's', session_token: 't' };
    expect(again(registered, planWith(keys))).toBeUndefined();
    expect(bringsKeys(planWith(keys))).toBe(true);
    expect(bringsKeys(plan)).toBe(false);
  });

  test('keeps what the plan leaves open where something has to be written', () => {
    const settings = { ...registered, region: 'us-east-1', chunk_size: '1gb', path_style_access: 'false' };
    expect(again(settings, planWith({ path_style_access: true }))).toEqual({ ...settings, path_style_access: 'true' });
  });

  test('gets no region of ours: that would contradict an endpoint', () => {
    const settings = { ...registered, endpoint: 's3.amazonaws.com' };
    expect(again(settings, planWith({ chunk_size: '1gb' }))).toEqual({ ...settings, chunk_size: '1gb' });
  });

  test('loses the region with which the endpoint of the plan would be refused', () => {
    const endpoint = 's3.amazonaws.com';
    expect(again({ ...registered, region: 'us-east-1' }, planWith({ endpoint }))).toEqual({ ...registered, endpoint });
  });
});

describe('a registration', () => {
  test.for([
    ['of the same place', 's3', registered, undefined],
    ['of the same place with another role', 's3', { ...registered, role_arn: 'arn' }, undefined],
    ['of another bucket', 's3', { ...registered, bucket: 'other' }, 'bucket "other"'],
    ['of another path', 's3', { ...registered, base_path: 'other' }, 'base_path "other"'],
    ['of the top of the bucket', 's3', { bucket: 'snapshots' }, 'base_path ""'],
    ['of a folder', 'fs', { location: '/snapshots' }, 'type "fs"'],
    ['of another store', 's3', { ...registered, endpoint: '127.0.0.1:9000' }, 'endpoint "127.0.0.1:9000"'],
    [
      'of S3, by an endpoint of its',
      's3',
      { ...registered, endpoint: 'https://s3.eu-west-1.amazonaws.com' },
      undefined,
    ],
    ['of the same path with a slash', 's3', { ...registered, base_path: 'app/' }, undefined],
    ['that is writable', 's3', { ...registered, readonly: 'false' }, undefined],
    ['that is read-only', 's3', { ...registered, readonly: 'true' }, expect.stringMatching(/^readonly "true"/)],
  ] as const)('%s conflicts, or does not', ([, type, settings, conflict]) => {
    expect(registrationConflict({ type, settings }, plan)).toEqual(conflict);
  });

  test('at the top of the bucket is where a plan without a path wants it', () => {
    const top = { ...plan, basePath: '' };
    expect(registrationConflict({ type: 's3', settings: { bucket: 'snapshots' } }, top)).toBeUndefined();
    expect(registrationConflict({ type: 's3', settings: registered }, top)).toBe('base_path "app"');
  });

  test.for(['true', 'false'])('may be read-only or not (%s) where the plan only reads', (readonly) => {
    const settings = { ...registered, readonly };
    expect(registrationConflict({ type: 's3', settings }, planWith({ readonly: true }))).toBeUndefined();
  });

  test('without an endpoint is not where a plan with a store of its own wants it', () => {
    const own = planWith({ endpoint: 'http://127.0.0.1:9000/' });
    expect(registrationConflict({ type: 's3', settings: registered }, own)).toBe('endpoint ""');
    const same = { ...registered, endpoint: '127.0.0.1:9000' };
    expect(registrationConflict({ type: 's3', settings: same }, own)).toBeUndefined();
  });
});
