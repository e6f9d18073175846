import { expect, test } from 'vitest';
import { endpoint, searching, templateOf } from '../../support/template-of.ts';

const rolesOf = (plans: Record<string, unknown>, others = {}) =>
  templateOf(plans, others)
    .ofType('AWS::IAM::Role')
    .map(([, { Properties }]) => Properties);

const arnOf = (domain: string) => ({
  'Fn::Sub': `arn:\${AWS::Partition}:es:eu-west-1:\${AWS::AccountId}:domain/${domain}`,
});

test('the snapshot role has the name and the path that the plan gives it, and trusts both services for that domain', () => {
  const [role] = rolesOf({ shop: searching({ roleArn: 'arn:aws:iam::111122223333:role/backup/tandem/snapshot' }) });

  expect(role).toMatchObject({ RoleName: 'snapshot', Path: '/backup/tandem/' });
  expect(role?.AssumeRolePolicyDocument).toEqual({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: ['es.amazonaws.com', 'opensearchservice.amazonaws.com'] },
        Action: 'sts:AssumeRole',
        Condition: {
          StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
          ArnLike: { 'aws:SourceArn': [arnOf('my-shop')] },
        },
      },
    ],
  });
});

test('it reads and writes below the base path alone', () => {
  const [role] = rolesOf({ shop: searching({ basePath: 'app/nightly' }) });

  expect(role).toMatchObject({ RoleName: 'snapshot', Path: '/' });
  expect(JSON.stringify(role?.Policies)).toContain(
    JSON.stringify([
      {
        Effect: 'Allow',
        Action: ['s3:ListBucket'],
        Resource: [{ 'Fn::Sub': `arn:\${AWS::Partition}:s3:::snapshots` }],
      },
      {
        Effect: 'Allow',
        Action: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'],
        Resource: [{ 'Fn::Sub': `arn:\${AWS::Partition}:s3:::snapshots/app/nightly/*` }],
      },
    ]),
  );
});

test('a role that plans share is made once, for the domains and the places of all of them', () => {
  const other = { endpoint: endpoint.replace('my-shop', 'other') };
  const roles = rolesOf({ a: searching({ basePath: 'a' }), b: searching({ bucket: 'more' }, other) });

  expect(roles).toHaveLength(1);
  const text = JSON.stringify(roles);
  for (const part of [arnOf('my-shop'), arnOf('other')]) expect(text).toContain(JSON.stringify(part));
  for (const place of ['snapshots/a/*', 'more/*', 'snapshots', 'more']) expect(text).toContain(`:::${place}"`);
});

test('no role is made where one exists, or where a cluster of somebody’s own has keys', () => {
  expect(rolesOf({ a: searching({ existing: ['role'] }), b: searching() })).toEqual([]);
  const ownCluster = { auth: { type: 'none' }, repository: { name: 'r', bucket: 'snapshots' } };
  expect(rolesOf({ shop: searching({}, ownCluster) })).toEqual([]);
  expect(rolesOf({ shop: searching({ existing: ['bucket'] }) })).toHaveLength(1);
});

test('the stack tells the names of what it made', () => {
  expect(Object.values(templateOf({ shop: searching() }).outputs).map(({ Description }) => Description)).toEqual([
    expect.stringContaining('manifests'),
    expect.stringContaining('bucket of index snapshots'),
    expect.stringContaining('role'),
  ]);
});

test('a domain that indices may be restored to takes the role as well, and what is deployed may talk to it', () => {
  const other = endpoint.replace('my-shop', 'rehearsal');
  const plans = { shop: searching({}, { restoreEndpoints: [other] }) };

  expect(JSON.stringify(rolesOf(plans)[0]?.AssumeRolePolicyDocument)).toContain(JSON.stringify(arnOf('rehearsal')));
  const policies = templateOf(plans).ofType('AWS::IAM::ManagedPolicy');
  const naming = policies.filter(([, policy]) => JSON.stringify(policy).includes('domain/rehearsal/'));
  expect(naming.flatMap(([, { Properties }]) => Properties.Roles)).toEqual([
    { Ref: 'RestoreRole' },
    { Ref: 'SetupRole' },
  ]);
});
