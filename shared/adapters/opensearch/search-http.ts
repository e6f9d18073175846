import type * as z from 'zod';
import { TandemError } from '../../errors/tandem-error.ts';
import type { Clock } from '../../ports/clock.ts';
import type { DomainAuth } from '../../ports/search-domain.ts';
import { type Answer, failureOfAnswer, failureOfSuccess, jsonOf } from './answer-failures.ts';
import { type AuthorizationSources, authorization } from './authorization.ts';
import type { Failure } from './failure.ts';
import { requestTarget } from './request-target.ts';
import type { Refusals } from './search-refusals.ts';
import { failureOfSending } from './sending-failures.ts';

export interface SearchRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** The parts of the path as they are; encoding them is done when they are sent. */
  path: string[];
  query?: Record<string, string>;
  /** Sent as JSON. */
  body?: unknown;
}

/**
 * Talks to one domain. Both methods answer what the schema makes of the answer, and try again, a little later each time
 * and within the deadline, what fails in passing.
 *
 * They throw NO_CONNECTION, NO_ANSWER, SEARCH_NOT_A_CLUSTER, SEARCH_UNAUTHORIZED, SEARCH_NOT_OFFERED, CREDENTIALS_MISSING,
 * REGION_MISSING, SECRET_UNREADABLE, PROVIDER_FAILURE, THROTTLED, SERVICE_UNAVAILABLE, and what the server's own error means.
 */
export interface SearchHttp {
  /** For what may be sent twice: reads, and writes that state a wanted end. */
  ask<S extends z.ZodType>(request: SearchRequest, schema: S, refusals?: Refusals): Promise<z.output<S>>;
  /**
   * For what must not be done twice: it is sent again only where the server surely did not do it.
   *
   * @throws TandemError OUTCOME_UNKNOWN where it may have been done: a cut connection, 502, 503, 504, no answer in time
   */
  askOnce<S extends z.ZodType>(request: SearchRequest, schema: S, refusals?: Refusals): Promise<z.output<S>>;
}

export interface SearchHttpOptions extends AuthorizationSources {
  /** The address of the domain alone, such as https://vpc-app-abc.eu-west-1.es.amazonaws.com. */
  endpoint: string;
  auth: DomainAuth;
  clock: Clock;
  /** How long a request may take with all its attempts. */
  deadlineSeconds?: number;
}

interface Call<S extends z.ZodType> {
  request: SearchRequest;
  schema: S;
  refusals: Refusals;
  repeatable: boolean;
}

/** Milliseconds before each further attempt. */
const waits = [200, 400, 800, 1_600];

export function searchHttp({ endpoint, auth, clock, deadlineSeconds = 30, ...sources }: SearchHttpOptions): SearchHttp {
  const authorize = authorization(auth, sources);

  return {
    ask: (request, schema, refusals = {}) => attempt({ request, schema, refusals, repeatable: true }),
    askOnce: (request, schema, refusals = {}) => attempt({ request, schema, refusals, repeatable: false }),
  };

  async function attempt<S extends z.ZodType>(
    call: Call<S>,
    end = clock.now().getTime() + deadlineSeconds * 1_000,
    [wait, ...laterWaits] = waits,
  ): Promise<z.output<S>> {
    const answer = await send(call.request, end - clock.now().getTime());
    const outcome = 'why' in answer ? answer : understood(answer, call);
    if ('data' in outcome) return outcome.data;
    const again = outcome.passing && (call.repeatable || !outcome.mayHaveHappened);
    if (!again || wait === undefined || clock.now().getTime() + wait >= end) throw errorOf(outcome, call);
    await clock.sleep(wait);
    return attempt(call, end, laterWaits);
  }

  async function send({ method, path, query, body }: SearchRequest, milliseconds: number): Promise<Answer | Failure> {
    const url = new URL(requestTarget(path, query), endpoint);
    const unsent = {
      url,
      method,
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    };
    const headers = await authorize(unsent, clock.now());
    try {
      const signal = AbortSignal.timeout(milliseconds);
      const response = await fetch(url, { method, headers, body: unsent.body ?? null, redirect: 'manual', signal });
      return { status: response.status, text: await response.text() };
    } catch (error) {
      return failureOfSending(error, deadlineSeconds);
    }
  }

  function errorOf(failure: Failure, { request: { method, path }, repeatable }: Call<z.ZodType>): TandemError {
    const target = requestTarget(path);
    const what = `${method} ${target.length > 200 ? `${target.slice(0, 200)}...` : target} at ${endpoint}`;
    const code = failure.mayHaveHappened && !repeatable ? 'OUTCOME_UNKNOWN' : failure.code;
    return new TandemError(code, `${what}: ${failure.why}`, {
      cause: failure.cause,
      ...(failure.remedy === undefined ? {} : { remedy: failure.remedy }),
    });
  }
}

function understood<S extends z.ZodType>(
  answer: Answer,
  { schema, refusals }: Call<S>,
): { data: z.output<S> } | Failure {
  if (answer.status >= 400) return failureOfAnswer(answer, refusals);
  const parsed = schema.safeParse(jsonOf(answer.text));
  return parsed.success && answer.status < 300 ? { data: parsed.data } : failureOfSuccess(answer);
}
