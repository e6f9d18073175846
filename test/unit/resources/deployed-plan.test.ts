import { expect, test, vi } from 'vitest';
import { deployedPlan } from '../../../resources/deployed-plan.ts';

/** What is deployed where the environment names this plan file. */
function deploying(file: string, stage?: string) {
  vi.stubEnv('TANDEM_CONFIG', file);
  try {
    return deployedPlan(stage);
  } finally {
    vi.unstubAllEnvs();
  }
}

test('the example can be deployed as it is', () => {
  expect(deploying('./tandem.example.yml')).toMatchObject({
    file: 'tandem.example.yml',
    resources: {
      Resources: { CatalogBucket: { Properties: { BucketName: 'tandem-catalog-111122223333-eu-west-1' } } },
    },
  });
});

test.for([
  ['missing.yml', 'PLAN_FILE_MISSING'],
  ['serverless.yml', 'PLAN_FILE_INVALID'],
  ['../tandem.yml', 'USAGE'],
  ['/etc/tandem.yml', 'USAGE'],
] as const)('a deployment with %s is refused with %s', ([file, code]) => {
  expect(() => deploying(file)).toThrow(expect.objectContaining({ code, message: expect.stringContaining(file) }));
});

test('a stage whose name leaves no room for those of functions and schedules is refused before anything is made', () => {
  expect(() => deploying('tandem.example.yml', 'a'.repeat(36))).not.toThrow();
  expect(() => deploying('tandem.example.yml', 'a'.repeat(37))).toThrow(
    expect.objectContaining({ code: 'USAGE', message: expect.stringContaining('65 characters') }),
  );
});
