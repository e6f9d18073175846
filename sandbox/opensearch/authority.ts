import type { Answer } from './answer.ts';
import { notAuthorized } from './refusals.ts';
import { snapshotRole } from './repository.ts';
import type { DomainRequest } from './request.ts';

/** Somebody wants to do something. */
export interface Attempt {
  accessKeyId: string;
  sessionToken: string | undefined;
  /** Such as es:ESHttpGet. */
  action: string;
  /** The ARN that it is done to. */
  resource: string;
}

/** Says whether an attempt is allowed: undefined where it is, the refusal where it is not. */
export type Authority = (attempt: Attempt) => Promise<Answer | undefined>;

/** What IAM calls a request to a domain: es:ESHttpGet, es:ESHttpPut and so on. */
export function actionOf({ method }: DomainRequest): string {
  return `es:ESHttp${method.charAt(0)}${method.slice(1).toLowerCase()}`;
}

/**
 * Each action that a request needs, with what it is done to: the HTTP action on the path below the domain, and, to
 * register a snapshot repository, iam:PassRole on the role that the service is to use.
 */
export function neededActions(request: DomainRequest, domainArn: string): Pick<Attempt, 'action' | 'resource'>[] {
  const role = snapshotRole(request);
  const http = { action: actionOf(request), resource: `${domainArn}${request.path}` };
  return role === undefined ? [http] : [http, { action: 'iam:PassRole', resource: role }];
}

/**
 * Refuses an unsigned caller. Of an unsigned registration of a repository the service says that anonymous may not
 * pass the role, not that it may not call the domain.
 */
export function refuseAnonymous(request: DomainRequest, domainArn: string): Answer | undefined {
  const needed = neededActions(request, domainArn).at(-1);
  return needed && notAuthorized('anonymous', needed.action, needed.resource);
}
