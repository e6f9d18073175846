import { expect, test } from 'vitest';
import { actionOf } from '../../../sandbox/aws/action-of.ts';

const request = (method: string, path: string, headers = {}, body = '') => {
  return { method, path, headers, body: Buffer.from(body) };
};

test.for([
  ['s3', request('GET', '/bucket/a/key?x-id=GetObject'), 's3:GetObject'],
  ['s3', request('HEAD', '/bucket/a/key'), 's3:GetObject'],
  ['s3', request('PUT', '/bucket/a/key?x-id=PutObject'), 's3:PutObject'],
  ['s3', request('DELETE', '/bucket/a/key'), 's3:DeleteObject'],
  ['s3', request('GET', '/bucket?list-type=2&prefix=a%2Fb'), 's3:ListBucket'],
  ['s3', request('GET', '/bucket/?list-type=2'), 's3:ListBucket'],
  ['s3', request('GET', '/bucket?policyStatus'), 's3:GetBucketPolicyStatus'],
  ['s3', request('GET', '/bucket?lifecycle'), 's3:GetLifecycleConfiguration'],
  ['s3', request('PUT', '/bucket'), 's3:PUT bucket'],
  ['s3', request('PUT', '/bucket?acl'), 's3:PUT bucket'],
  ['monitoring', request('POST', '/', {}, 'Action=DescribeAlarms'), 'cloudwatch:DescribeAlarms'],
  [
    'monitoring',
    request('POST', '/', { 'x-amz-target': 'GraniteServiceVersion20100801.DescribeAlarms' }),
    'cloudwatch:DescribeAlarms',
  ],
  ['scheduler', request('GET', '/schedules/tandem?groupName=a'), 'scheduler:GetSchedule'],
  ['scheduler', request('DELETE', '/schedules/tandem'), 'scheduler:DELETE /schedules/tandem'],
  ['sns', request('POST', '/', {}, 'Action=Publish&Message=a'), 'sns:Publish'],
  [
    'secretsmanager',
    request('POST', '/', { 'x-amz-target': 'secretsmanager.GetSecretValue' }),
    'secretsmanager:GetSecretValue',
  ],
  [
    'application-autoscaling',
    request('POST', '/', { 'x-amz-target': 'AnyScaleFrontendService.DescribeScalableTargets' }),
    'application-autoscaling:DescribeScalableTargets',
  ],
  ['lambda', request('GET', '/2015-03-31/event-source-mappings?EventSourceArn=a'), 'lambda:ListEventSourceMappings'],
  ['lambda', request('GET', '/2015-03-31/functions/a/configuration'), 'lambda:GetFunctionConfiguration'],
  ['lambda', request('POST', '/2015-03-31/event-source-mappings'), 'lambda:CreateEventSourceMapping'],
  ['lambda', request('PUT', '/2015-03-31/event-source-mappings/1'), 'lambda:UpdateEventSourceMapping'],
  ['lambda', request('DELETE', '/2015-03-31/event-source-mappings/1'), 'lambda:DeleteEventSourceMapping'],
  ['lambda', request('GET', '/2015-03-31/event-source-mappings/1'), 'lambda:GET /2015-03-31/event-source-mappings/1'],
  ['lambda', request('GET', '/2017-03-31/tags/arn'), 'lambda:ListTags'],
  ['lambda', request('GET', '/2015-03-31/functions'), 'lambda:GET /2015-03-31/functions'],
  ['pipes', request('GET', '/v1/pipes?SourcePrefix=a'), 'pipes:ListPipes'],
  ['pipes', request('POST', '/v1/pipes/a'), 'pipes:POST /v1/pipes/a'],
] as const)('IAM calls it what it is: %s %o', ([service, call, action]) => {
  expect(actionOf(service, call)).toBe(action);
});
