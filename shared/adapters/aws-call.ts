import type * as z from 'zod';
import { TandemError } from '../errors/tandem-error.ts';
import { awsError, awsErrorOfChange, type Refusals } from './aws-errors.ts';

/** As much of an SDK client as it takes to say which service it calls, and where. */
export interface AwsClient {
  readonly config: {
    readonly serviceId: string;
    readonly region: () => Promise<string>;
    readonly credentials?: (() => Promise<unknown>) | undefined;
    readonly endpoint?: (() => Promise<{ protocol: string; hostname: string; port?: number | undefined }>) | undefined;
  };
}

/**
 * Makes a call that the SDK may repeat.
 *
 * @param what the operation and its object, for the error: "DescribeTable orders"
 * @throws TandemError
 */
export async function ask<T>(
  client: AwsClient,
  what: string,
  call: () => Promise<T>,
  refusals: Refusals = {},
): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const known = awsError(error, `${what} (${await placeOf(client)})`, refusals);
    if (known.code !== 'PROVIDER_FAILURE' || (await hasCredentials(client))) throw known;
    throw new TandemError('CREDENTIALS_MISSING', known.message, { cause: known.cause });
  }
}

/** The search for credentials may fail in other words: a session that ~/.aws/config does not hold is a TypeError. */
async function hasCredentials({ config }: AwsClient): Promise<boolean> {
  const search = config.credentials?.();
  return search === undefined || search.then(() => true).catch(() => false);
}

/**
 * Makes a call that has no client token, so that a second one would do the thing twice. The client must be one that
 * never tries again (`maxAttempts: 1`).
 *
 * @throws TandemError OUTCOME_UNKNOWN where the call may have been carried out although it failed, and as `ask` does
 */
export async function askOnce<T>(
  client: AwsClient,
  what: string,
  call: () => Promise<T>,
  refusals: Refusals,
): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw awsErrorOfChange(error, `${what} (${await placeOf(client)})`, refusals);
  }
}

/** For the `.catch` of an SDK call: undefined where the service's error has one of the names, else the error goes on. */
export function undefinedOn(...names: string[]): (error: unknown) => undefined {
  return (error) => {
    if (error instanceof Error && names.includes(error.name)) return undefined;
    throw error;
  };
}

/** Reads an answer, of which the SDK says that every field may be missing. @throws TandemError PROVIDER_FAILURE */
export function understand<S extends z.ZodType>(schema: S, answer: unknown, what: string): z.output<S> {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
  throw new TandemError('PROVIDER_FAILURE', `${what}: the answer is not as expected: ${wrong}`, {
    cause: parsed.error,
  });
}

async function placeOf(client: AwsClient): Promise<string> {
  const { serviceId, region, endpoint } = client.config;
  if (endpoint === undefined) return `${serviceId} in ${await region().catch(() => 'no region')}`;
  const { protocol, hostname, port } = await endpoint();
  return `${serviceId} at ${protocol}//${hostname}${port === undefined ? '' : `:${port}`}`;
}
