import { afterEach, expect, it, vi } from 'vitest';
import { runPlace } from '../../../shared/lambda/place.ts';

afterEach(() => vi.unstubAllEnvs());

it('is the stage where the function is deployed, whatever its plan file is called there', () => {
  vi.stubEnv('TANDEM_STAGE', 'prod');
  vi.stubEnv('TANDEM_CONFIG', 'tandem.yml');

  expect(runPlace()).toEqual({ stage: 'prod' });
});

it("is somebody's own machine elsewhere", () => {
  vi.stubEnv('TANDEM_STAGE', undefined);
  vi.stubEnv('TANDEM_CONFIG', '/home/me/plans.yml');

  expect(runPlace()).toEqual({ local: true, config: '/home/me/plans.yml' });
});
