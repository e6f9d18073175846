import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { SNSClient } from '@aws-sdk/client-sns';
import { STSClient } from '@aws-sdk/client-sts';
import { describe, expect, it } from 'vitest';
import { awsDeployment } from '../../../shared/adapters/aws-deployment.ts';
import { s3Buckets } from '../../../shared/adapters/s3-buckets.ts';
import { serviceQuotas } from '../../../shared/adapters/service-quotas.ts';
import { stsAccount } from '../../../shared/adapters/sts-account.ts';
import { clientOf } from '../../support/emulators.ts';
import { type PathAnswer, serverOfPaths } from '../../support/server-of-paths.ts';

/* What the emulators do not say, or say otherwise: the answers of AWS. */

const once = (endpoint: string) => ({ ...clientOf(endpoint), maxAttempts: 1 });

describe('SNS', () => {
  it('says in place of the ARN of a subscription that nobody has confirmed it', async () => {
    const member = (arn: string, endpoint: string) =>
      `<member><SubscriptionArn>${arn}</SubscriptionArn><Owner>1</Owner><Protocol>email</Protocol><Endpoint>${endpoint}</Endpoint><TopicArn>t</TopicArn></member>`;
    const members = `${member('Deleted', 'gone@example.org')}${member('PendingConfirmation', 'late@example.org')}${member('arn:aws:sns:eu-west-1:1:t:2', 'ops@example.org')}`;
    const body = `<ListSubscriptionsByTopicResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><ListSubscriptionsByTopicResult><Subscriptions>${members}</Subscriptions></ListSubscriptionsByTopicResult></ListSubscriptionsByTopicResponse>`;
    const options = once(await serverOfPaths({ '/': { body } }));
    const deployment = awsDeployment({
      lambda: new LambdaClient(options),
      scheduler: new SchedulerClient(options),
      cloudWatch: new CloudWatchClient(options),
      sns: new SNSClient(options),
    });

    expect(await deployment.subscriptions('arn:aws:sns:eu-west-1:1:t')).toEqual([
      { protocol: 'email', endpoint: 'late@example.org', isConfirmed: false },
      { protocol: 'email', endpoint: 'ops@example.org', isConfirmed: true },
    ]);
  });
});

describe('S3', () => {
  const bucketsOf = async (answers: Record<string, PathAnswer>) =>
    s3Buckets(new S3Client({ ...once(await serverOfPaths(answers)), forcePathStyle: true }));
  const xml = (text: string) => `<?xml version="1.0" encoding="UTF-8"?>\n${text}`;
  const error = (code: string) => ({
    status: 404,
    body: xml(`<Error><Code>${code}</Code><Message>no</Message></Error>`),
  });
  const acl = (uri: string) =>
    xml(
      `<AccessControlPolicy><AccessControlList><Grant><Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="Group"><URI>${uri}</URI></Grantee><Permission>READ</Permission></Grant></AccessControlList></AccessControlPolicy>`,
    );
  const status = (isPublic: boolean) => ({
    body: xml(`<PolicyStatus><IsPublic>${isPublic}</IsPublic></PolicyStatus>`),
  });
  const unblocked = { '/b?publicAccessBlock': error('NoSuchPublicAccessBlockConfiguration') };
  const logs = 'http://acs.amazonaws.com/groups/s3/LogDelivery';

  it('tells a bucket that its policy makes public', async () => {
    const buckets = await bucketsOf({ ...unblocked, '/b?policyStatus': status(true), '/b?acl': { body: acl(logs) } });

    expect(await buckets.publicAccess('b')).toMatchObject({ isPublic: true, isBlocked: false });
  });

  it.each([
    ['policy', 'RestrictPublicBuckets'],
    ['ACL', 'IgnorePublicAcls'],
  ])('takes a bucket for public by its %s no more where that is restricted: %s', async (_, restriction) => {
    const block = {
      body: xml(
        `<PublicAccessBlockConfiguration><${restriction}>true</${restriction}></PublicAccessBlockConfiguration>`,
      ),
    };
    const everybody = acl('http://acs.amazonaws.com/groups/global/AllUsers');
    const isByPolicy = restriction === 'RestrictPublicBuckets';
    const buckets = await bucketsOf({
      '/b?publicAccessBlock': block,
      '/b?policyStatus': status(isByPolicy),
      '/b?acl': { body: isByPolicy ? acl(logs) : everybody },
    });

    expect(await buckets.publicAccess('b')).toMatchObject({ isPublic: false, isBlocked: false });
  });

  it.each(['AllUsers', 'AuthenticatedUsers'])('tells a bucket that its ACL opens to %s', async (group) => {
    const everybody = acl(`http://acs.amazonaws.com/groups/global/${group}`);
    const policy = error('NoSuchBucketPolicy');
    const buckets = await bucketsOf({ ...unblocked, '/b?policyStatus': policy, '/b?acl': { body: everybody } });

    expect(await buckets.publicAccess('b')).toMatchObject({ isPublic: true, isBlocked: false });
  });

  it.each([
    ['', 'us-east-1'],
    ['EU', 'eu-west-1'],
    ['eu-central-1', 'eu-central-1'],
  ])('calls a region "%s" that is %s', async (place, region) => {
    const body = xml(
      `<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${place}</LocationConstraint>`,
    );

    expect(await (await bucketsOf({ '/b?location': { body } })).region('b')).toBe(region);
  });
});

describe('Service Quotas', () => {
  it('tells how many tables there may be', async () => {
    const Quota = {
      ServiceCode: 'dynamodb',
      QuotaCode: 'L-F98FE922',
      QuotaName: 'Maximum number of tables',
      Value: 2500,
    };
    const quotas = serviceQuotas(new ServiceQuotasClient(once(await serverOfPaths({ '/': { body: { Quota } } }))));

    expect(await quotas.tables()).toBe(2_500);
  });
});

describe('STS', () => {
  it.each(['ExpiredToken', 'InvalidClientTokenId', 'SignatureDoesNotMatch'])(
    'says %s of credentials that it does not know',
    async (code) => {
      const body = `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${code}</Code><Message>no</Message></Error></ErrorResponse>`;
      const account = stsAccount(new STSClient(once(await serverOfPaths({ '/': { status: 403, body } }))));

      await expect(account.identity()).rejects.toMatchObject({ code: 'CREDENTIALS_MISSING' });
    },
  );
});
