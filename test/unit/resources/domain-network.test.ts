import { expect, test } from 'vitest';
import { searching, templateOf } from '../../support/template-of.ts';

const vpc = { subnets: ['subnet-1', 'subnet-2'], securityGroups: ['sg-1'] };

test('the functions are put into the network of the domain, and Lambda may do so', () => {
  const { network, resources } = templateOf({ shop: searching({}, { vpc }), public: searching() });

  expect(network).toEqual({ subnetIds: ['subnet-1', 'subnet-2'], securityGroupIds: ['sg-1'] });
  const roles = ['BackupRole', 'RestoreRole', 'SetupRole'].map((Ref) => ({ Ref }));
  expect(resources.FunctionNetwork).toMatchObject({ Properties: { Roles: roles } });
  expect(JSON.stringify(resources.FunctionNetwork)).toContain('ec2:CreateNetworkInterface');
});

test('without a network there is none, and nobody may make interfaces', () => {
  const { network, resources } = templateOf({ shop: searching() });

  expect(network).toBe(false);
  expect(JSON.stringify(resources)).not.toContain('ec2:');
});

test('plans may name one network in any order', () => {
  const turned = { ...vpc, subnets: ['subnet-2', 'subnet-1'] };

  expect(templateOf({ a: searching({}, { vpc }), b: searching({}, { vpc: turned }) }).network).toMatchObject({
    subnetIds: ['subnet-1', 'subnet-2'],
  });
});

test.for([
  { ...vpc, subnets: ['subnet-1'] },
  { ...vpc, subnets: ['subnet-1', 'subnet-2', 'subnet-3'] },
  { ...vpc, securityGroups: ['sg-2'] },
])('two networks are a mistake in the plan file, which tells the line', (other) => {
  const deploy = () => templateOf({ a: searching({}, { vpc }), b: searching({}, { vpc: other }) });

  expect(deploy).toThrow(
    expect.objectContaining({
      code: 'PLAN_FILE_INVALID',
      message: expect.stringMatching(/^tandem\.yml:\d+: plans\.b\.search\.vpc: .*plan a/),
    }),
  );
});
