import type { Request } from '../dynamodb/upstream.ts';

/**
 * What IAM calls a request to a service: `s3:GetObject`. Tandem's own calls are told apart, and of the others the method
 * and the path.
 *
 * @param service as the signature names it
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export function actionOf(service: string, request: Request): string {
  const target = request.headers['x-amz-target'];
  const prefix = prefixes[service] ?? service;
  if (typeof target === 'string') return `${prefix}:${target.split('.').at(-1)}`;
  if (service === 's3') return `s3:${s3Action(request)}`;
  const named = new URLSearchParams(request.body.toString()).get('Action');
  if (named !== null) return `${prefix}:${named}`;
  const [path = ''] = request.path.split('?');
  const call = `${service}:${request.method} ${path}`;
  return rest.find(({ says }) => says.test(call))?.action ?? call;
}

/** Where IAM names a service otherwise than its signature does. */
const prefixes: Readonly<Record<string, string>> = { monitoring: 'cloudwatch' };

/** Calls that only their path tells. */
const rest = [
  { says: /^lambda:GET .*\/event-source-mappings\/?$/, action: 'lambda:ListEventSourceMappings' },
  { says: /^lambda:POST .*\/event-source-mappings\/?$/, action: 'lambda:CreateEventSourceMapping' },
  { says: /^lambda:PUT .*\/event-source-mappings\/[^/]+$/, action: 'lambda:UpdateEventSourceMapping' },
  { says: /^lambda:DELETE .*\/event-source-mappings\/[^/]+$/, action: 'lambda:DeleteEventSourceMapping' },
  { says: /^lambda:GET .*\/functions\/[^/]+\/concurrency$/, action: 'lambda:GetFunctionConcurrency' },
  { says: /^lambda:PUT .*\/functions\/[^/]+\/concurrency$/, action: 'lambda:PutFunctionConcurrency' },
  { says: /^lambda:DELETE .*\/functions\/[^/]+\/concurrency$/, action: 'lambda:DeleteFunctionConcurrency' },
  { says: /^lambda:GET .*\/tags\//, action: 'lambda:ListTags' },
  { says: /^pipes:GET \/v1\/pipes$/, action: 'pipes:ListPipes' },
  { says: /^lambda:GET .*\/functions\/[^/]+\/configuration$/, action: 'lambda:GetFunctionConfiguration' },
  { says: /^scheduler:GET \/schedules\/[^/]+$/, action: 'scheduler:GetSchedule' },
];

/** How a bucket is set up, as the query asks for it. */
const settings: Readonly<Record<string, string>> = {
  acl: 'GetBucketAcl',
  encryption: 'GetEncryptionConfiguration',
  lifecycle: 'GetLifecycleConfiguration',
  location: 'GetBucketLocation',
  'object-lock': 'GetBucketObjectLockConfiguration',
  policy: 'GetBucketPolicy',
  policyStatus: 'GetBucketPolicyStatus',
  publicAccessBlock: 'GetBucketPublicAccessBlock',
};

/** With the bucket in the path, as the functions ask an emulator. */
function s3Action({ method, path }: Request): string {
  const { pathname, searchParams } = new URL(path, 'http://emulator');
  const [, key] = /^\/[^/]+\/(.+)$/.exec(pathname) ?? [];
  if (key === undefined) {
    if (method !== 'GET' && method !== 'HEAD') return `${method} bucket`;
    const [setting] = Object.entries(settings).filter(([name]) => searchParams.has(name));
    return setting?.[1] ?? 'ListBucket';
  }
  const actions: Record<string, string> = {
    GET: 'GetObject',
    HEAD: 'GetObject',
    PUT: 'PutObject',
    DELETE: 'DeleteObject',
  };
  return actions[method] ?? `${method} object`;
}
