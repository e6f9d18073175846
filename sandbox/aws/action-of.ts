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
  return `${service}:${pathActions(service, request.method, path) ?? `${request.method} ${path}`}`;
}

/** What IAM calls the requests whose action only method and path tell. */
function pathActions(service: string, method: string, path: string): string | undefined {
  if (service === 'pipes') return method === 'GET' && path === '/v1/pipes' ? 'ListPipes' : undefined;
  if (service !== 'lambda') return undefined;
  if (method === 'GET' && path.includes('/tags/')) return 'ListTags';
  const [, uuid] = /\/event-source-mappings\/?([^/]*)$/.exec(path) ?? [];
  if (uuid === undefined) return undefined;
  const ofAll: Record<string, string> = { GET: 'ListEventSourceMappings', POST: 'CreateEventSourceMapping' };
  const ofOne: Record<string, string> = { PUT: 'UpdateEventSourceMapping', DELETE: 'DeleteEventSourceMapping' };
  return (uuid === '' ? ofAll : ofOne)[method];
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
