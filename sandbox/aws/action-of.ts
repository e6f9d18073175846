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
  if (typeof target === 'string') return `${service}:${target.split('.').at(-1)}`;
  if (service === 's3') return `s3:${s3Action(request)}`;
  const named = new URLSearchParams(request.body.toString()).get('Action');
  if (named !== null) return `${service}:${named}`;
  const [path = ''] = request.path.split('?');
  const isList = service === 'lambda' && request.method === 'GET' && /\/event-source-mappings\/?$/.test(path);
  return isList ? 'lambda:ListEventSourceMappings' : `${service}:${request.method} ${path}`;
}

/** With the bucket in the path, as the functions ask an emulator. */
function s3Action({ method, path }: Request): string {
  const { pathname } = new URL(path, 'http://emulator');
  const [, key] = /^\/[^/]+\/(.+)$/.exec(pathname) ?? [];
  if (key === undefined) return method === 'GET' || method === 'HEAD' ? 'ListBucket' : `${method} bucket`;
  const actions: Record<string, string> = {
    GET: 'GetObject',
    HEAD: 'GetObject',
    PUT: 'PutObject',
    DELETE: 'DeleteObject',
  };
  return actions[method] ?? `${method} object`;
}
