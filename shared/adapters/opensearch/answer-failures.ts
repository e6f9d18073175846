import * as z from 'zod';
import type { ErrorCode } from '../../errors/catalogue.ts';
import { quotable } from '../quotable.ts';
import type { Failure } from './failure.ts';
import { frontEndRefusal } from './front-end-refusals.ts';
import { meaningOfRefusal, type Refusals } from './search-refusals.ts';

/** An answer as it came. */
export interface Answer {
  status: number;
  text: string;
}

interface Cause {
  reason?: string | null | undefined;
  caused_by?: Cause | undefined;
}

const causeSchema: z.ZodType<Cause> = z.object({
  reason: z.string().nullish(),
  caused_by: z.lazy(() => causeSchema).optional(),
});

const searchErrorSchema = z.object({
  error: z.object({ type: z.string(), reason: z.string().nullish(), caused_by: causeSchema.optional() }),
});
const errorTextSchema = z.object({ error: z.string() }).transform(({ error }) => error);
/** The security plugin's own dialect. */
const securityErrorSchema = z.object({ status: z.string(), message: z.string() });
const frontEndSchema = z.union([
  z.object({ Message: z.string() }).transform(({ Message }) => Message),
  z.object({ message: z.string() }).transform(({ message }) => message),
]);

/**
 * What an answer with an HTTP status of 300 or more means. It is read in the dialect of the search server first, then in
 * that of the AWS front end, then as the page of whatever else answers there.
 */
export function failureOfAnswer(answer: Answer, refusals: Refusals): Failure {
  const body = jsonOf(answer.text);
  const error = searchErrorSchema.safeParse(body).data?.error;
  if (error !== undefined) return ofServer(answer, error, refusals);
  const security = securityErrorSchema.safeParse(body).data;
  if (security !== undefined) {
    const { status, message } = security;
    return failure(refusals[status] ?? codeOfUntyped(answer.status, refusals), message, answer);
  }
  const message = frontEndSchema.safeParse(body).data;
  if (message !== undefined) return ofFrontEnd(answer, message, refusals);
  const text = errorTextSchema.safeParse(body).data;
  return text === undefined ? ofStranger(answer) : failure(codeOfText(text, answer.status, refusals), text, answer);
}

/** What a server says of a path that none of its plugins has. */
function codeOfText(text: string, status: number, refusals: Refusals): ErrorCode {
  return text.startsWith('no handler found for uri') ? 'SEARCH_NOT_OFFERED' : codeOfUntyped(status, refusals);
}

/** What an answer of success means that is not one that a search server gives. */
export function failureOfSuccess(answer: Answer): Failure {
  return breaksOff(answer)
    ? { ...failure('NO_ANSWER', brokenOff, answer), passing: true, mayHaveHappened: true }
    : notACluster(answer);
}

const brokenOff = 'the answer breaks off in the middle';

/** Whatever gave it, a search server behind that may have done what was asked, unless it is a refusal. */
function notACluster(answer: Answer): Failure {
  const kind = isPage(answer) ? 'a page' : 'not one of a search server';
  const isRefusal = answer.status >= 400 && answer.status < 500;
  return {
    ...failure('SEARCH_NOT_A_CLUSTER', `the answer is ${kind} (HTTP ${answer.status})`, answer),
    mayHaveHappened: !isRefusal,
  };
}

/** JSON that begins and does not end. */
function breaksOff({ text }: Answer): boolean {
  return /^\s*[{[]/.test(text) && jsonOf(text) === undefined;
}

export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

type ServerError = z.infer<typeof searchErrorSchema>['error'];

function ofServer(answer: Answer, error: ServerError, refusals: Refusals): Failure {
  const reasons = reasonsIn(error);
  const known = meaningOfRefusal({ type: error.type, reason: error.reason ?? '', reasons }, refusals);
  const code = known?.code ?? (isGatewayStatus(answer.status) ? 'SERVICE_UNAVAILABLE' : codeOfUntyped(answer.status));
  const why = [error.type, ...reasons].join(': ');
  return {
    ...failure(code, why, answer, known?.remedy),
    mayHaveHappened: known === undefined && isGatewayStatus(answer.status),
    // A role or a policy made a moment ago takes effect only after some seconds.
    passing: isPassing(code) || code === 'REPOSITORY_UNVERIFIED',
  };
}

function ofFrontEnd(answer: Answer, message: string, refusals: Refusals): Failure {
  const known = frontEndRefusal(message);
  return failure(known?.code ?? codeOfUntyped(answer.status, refusals), message, answer, known?.remedy);
}

/** A load balancer's page while the domain is away, a proxy's plain refusal, or something that is no search server at all. */
function ofStranger(answer: Answer): Failure {
  const code = codeOfUntyped(answer.status);
  if (isPassing(code) || (code === 'SEARCH_UNAUTHORIZED' && !isPage(answer)))
    return failure(code, `HTTP ${answer.status}`, answer);
  return notACluster(answer);
}

function failure(code: ErrorCode, why: string, answer: Answer, remedy?: string): Failure {
  return {
    code,
    why: quotable(why),
    ...(remedy === undefined ? {} : { remedy }),
    mayHaveHappened: isGatewayStatus(answer.status),
    passing: isPassing(code),
    cause: { status: answer.status, text: quotable(answer.text).slice(0, 2_000) },
  };
}

/** What an answer means in which the search server itself says nothing. */
function codeOfUntyped(status: number, refusals: Refusals = {}): ErrorCode {
  if (status === 401 || status === 403) return 'SEARCH_UNAUTHORIZED';
  if (status === 429) return 'THROTTLED';
  if (isGatewayStatus(status)) return 'SERVICE_UNAVAILABLE';
  return (status < 500 ? refusals.untyped : undefined) ?? 'PROVIDER_FAILURE';
}

/** The request was passed on, or was not: the answer does not say. */
function isGatewayStatus(status: number): boolean {
  return status >= 502 && status <= 504;
}

function isPassing(code: ErrorCode): boolean {
  return code === 'THROTTLED' || code === 'SERVICE_UNAVAILABLE';
}

function isPage({ text }: Answer): boolean {
  return /^\s*</.test(text);
}

/** The reason and what lies below it: why S3 refused, for instance. Each is said once. */
function reasonsIn(error: Cause): string[] {
  const reasons: string[] = [];
  for (let cause: Cause | undefined = error; cause !== undefined; cause = cause.caused_by) {
    if (cause.reason && !reasons.includes(cause.reason)) reasons.push(cause.reason);
  }
  return reasons;
}
