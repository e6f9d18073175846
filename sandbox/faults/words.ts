import { type Answer, json } from '../opensearch/answer.ts';
import { gatewayTimeout, notAuthorized, page, unavailable } from '../opensearch/refusals.ts';
import type { FaultKind, FaultyService } from './kinds.ts';

type Words = Partial<Record<FaultKind, [status: number, error: string]>>;

/** The errors of each service, as its API reference has them. */
const errors: Readonly<Record<Exclude<FaultyService, 'opensearch'>, Words>> = {
  dynamodb: {
    throttled: [400, 'ThrottlingException'],
    unavailable: [500, 'InternalServerError'],
    denied: [400, 'AccessDeniedException'],
    'in use': [400, 'ResourceInUseException'],
    'limit exceeded': [400, 'LimitExceededException'],
  },
  s3: { throttled: [503, 'SlowDown'], unavailable: [503, 'ServiceUnavailable'], denied: [403, 'AccessDenied'] },
  lambda: {
    throttled: [429, 'TooManyRequestsException'],
    unavailable: [500, 'ServiceException'],
    denied: [403, 'AccessDeniedException'],
    'in use': [400, 'ResourceInUseException'],
  },
};

/** What a client is told in place of the service's answer; undefined where it is told nothing, or what the service says. */
export function wordsFor(kind: FaultKind, service: FaultyService): Answer | undefined {
  if (kind === 'gateway timeout') return gatewayTimeout();
  if (kind === 'page') return page(500, '500 Internal Server Error');
  if (service === 'opensearch') return ofDomain(kind);
  const [status, error] = errors[service][kind] ?? [];
  return status === undefined || error === undefined ? undefined : saidBy(service, status, error);
}

/** The front end of a managed domain says these. */
function ofDomain(kind: FaultKind): Answer | undefined {
  switch (kind) {
    case 'throttled':
      return { status: 429, headers: { 'content-type': 'text/plain' }, body: Buffer.from('429 Too Many Requests /') };
    case 'unavailable':
      return unavailable('no server answers');
    case 'denied':
      return notAuthorized('arn:aws:iam::000000000000:user/somebody', 'es:ESHttpAny', 'domain/app');
    default:
      return undefined;
  }
}

function saidBy(service: FaultyService, status: number, error: string): Answer {
  const message = `The sandbox was asked for ${error}.`;
  if (service === 's3') {
    const body = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${error}</Code><Message>${message}</Message></Error>`;
    return { status, headers: { 'content-type': 'application/xml' }, body: Buffer.from(body) };
  }
  const answer = json(status, { __type: error, message });
  return { ...answer, headers: { ...answer.headers, 'x-amzn-errortype': error } };
}
