import { expect, test } from 'vitest';
import { searching, templateOf } from '../../support/template-of.ts';

const kmsKey = 'arn:aws:kms:eu-west-1:111122223333:key/0b2a4d6e';
const plans = { shop: { ...searching(), tables: { include: ['shop-*'] } } };
const leftOut = { Ref: 'AWS::NoValue' };

test('without a key the services use their own, and no role may use the key of anybody', () => {
  const { encryption, extensions, resources } = templateOf(plans);

  expect(encryption).toEqual({ key: leftOut, queueByService: true });
  expect(JSON.stringify(extensions)).not.toContain('KmsKeyId');
  expect(Object.keys(resources).filter((id) => id.endsWith('Key'))).toEqual([]);
});

test('with a key everything that the deployment makes is encrypted with it', () => {
  const { encryption, extensions, ofType } = templateOf(plans, { kmsKey });

  expect(encryption).toEqual({ key: kmsKey, queueByService: leftOut });
  expect(extensions).toMatchObject({ PlanBackupLogGroup: { Properties: { KmsKeyId: kmsKey } } });
  const rule = { ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: kmsKey } };
  for (const [, { Properties }] of ofType('AWS::S3::Bucket')) {
    expect(Properties.BucketEncryption).toMatchObject({ ServerSideEncryptionConfiguration: [rule] });
  }
});

test.for([
  ['WorkflowKey', ['BackupRole', 'RestoreRole'], ['s3', 'sns']],
  ['ScheduleKey', ['ScheduleRole'], ['sqs']],
] as const)('%s lets %j use the key through %j alone', ([id, roles, services]) => {
  const { resources } = templateOf(plans, { kmsKey });

  expect(resources[id]?.Properties).toEqual({
    Roles: roles.map((role) => ({ Ref: role })),
    PolicyDocument: { Version: '2012-10-17', Statement: [useThrough(services)] },
  });
});

test('the snapshot role uses the key through S3', () => {
  const [role] = templateOf(plans, { kmsKey }).ofType('AWS::IAM::Role');

  expect(JSON.stringify(role)).toContain(JSON.stringify(useThrough(['s3'])));
});

function useThrough(services: readonly string[]) {
  const via = services.map((service) => ({ 'Fn::Sub': `${service}.\${AWS::Region}.amazonaws.com` }));
  const Condition = { StringEquals: { 'kms:ViaService': via } };
  return { Effect: 'Allow', Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: [kmsKey], Condition };
}
