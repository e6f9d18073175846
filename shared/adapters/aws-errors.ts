import * as z from 'zod';
import type { ErrorCode } from '../errors/catalogue.ts';
import { TandemError } from '../errors/tandem-error.ts';
import { quotable } from './quotable.ts';

/** What the refusals of one operation mean to Tandem, by the name of the service's error. */
export type Refusals = Readonly<Record<string, ErrorCode>>;

const sdkErrorSchema = z.object({
  name: z.string(),
  message: z.string(),
  /** The code of a network error. */
  code: z.string().optional().catch(undefined),
  $metadata: z.object({ httpStatusCode: z.number().optional(), attempts: z.number().optional() }).catch({}),
});

type SdkError = z.infer<typeof sdkErrorSchema>;

const codeByName: Refusals = {
  CredentialsProviderError: 'CREDENTIALS_MISSING',
  TokenProviderError: 'CREDENTIALS_MISSING',
  ExpiredToken: 'CREDENTIALS_MISSING',
  ExpiredTokenException: 'CREDENTIALS_MISSING',
  InvalidAccessKeyId: 'CREDENTIALS_MISSING',
  InvalidClientTokenId: 'CREDENTIALS_MISSING',
  InvalidSignatureException: 'CREDENTIALS_MISSING',
  MissingAuthenticationTokenException: 'CREDENTIALS_MISSING',
  SignatureDoesNotMatch: 'CREDENTIALS_MISSING',
  UnrecognizedClientException: 'CREDENTIALS_MISSING',
  AccessDenied: 'ACCESS_DENIED',
  AccessDeniedException: 'ACCESS_DENIED',
  AuthorizationError: 'ACCESS_DENIED',
  AuthorizationErrorException: 'ACCESS_DENIED',
  UnauthorizedOperation: 'ACCESS_DENIED',
  ProvisionedThroughputExceededException: 'THROTTLED',
  RequestLimitExceeded: 'THROTTLED',
  SlowDown: 'THROTTLED',
  Throttling: 'THROTTLED',
  ThrottledException: 'THROTTLED',
  ThrottlingException: 'THROTTLED',
  TooManyRequestsException: 'THROTTLED',
  RequestTimeout: 'SERVICE_UNAVAILABLE',
  RequestTimeoutException: 'SERVICE_UNAVAILABLE',
  TimeoutError: 'SERVICE_UNAVAILABLE',
  InvalidAction: 'SERVICE_NOT_OFFERED',
  NotImplemented: 'SERVICE_NOT_OFFERED',
  UnknownOperationException: 'SERVICE_NOT_OFFERED',
};

/** Network errors after which it is sure that the service never saw the request. */
const neverSent = ['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN'];
const cutOff = ['ECONNRESET', 'EPIPE', 'ETIMEDOUT'];

/**
 * Turns what the SDK throws into a TandemError.
 *
 * @param call what was asked of which service, such as "CreateBackup of table orders (DynamoDB at http://...)"
 * @param refusals the errors of this operation that have a meaning of their own
 */
export function awsError(error: unknown, call: string, refusals: Refusals = {}): TandemError {
  if (error instanceof TandemError) return error;
  const parsed = sdkErrorSchema.safeParse(error);
  if (!parsed.success) return new TandemError('PROVIDER_FAILURE', `${call}: ${String(error)}`, { cause: error });
  const code = refusals[parsed.data.name] ?? classify(parsed.data);
  const cause = isUnreadable(parsed.data) || holdsSecret(parsed.data) ? undefined : error;
  return new TandemError(code, `${call}: ${explain(parsed.data)}`, { cause });
}

/** As `awsError`, for a call that changes something: OUTCOME_UNKNOWN where it may have been carried out nevertheless. */
export function awsErrorOfChange(error: unknown, call: string, refusals: Refusals = {}): TandemError {
  const known = awsError(error, call, refusals);
  if (!mayHaveHappened(error, known.code)) return known;
  return new TandemError('OUTCOME_UNKNOWN', known.message, { cause: known.cause });
}

/** How many times the SDK sent the request that failed. */
export function attemptsOf(error: unknown): number {
  return sdkErrorSchema.safeParse(error).data?.$metadata.attempts ?? 1;
}

function classify(error: SdkError): ErrorCode {
  const status = error.$metadata.httpStatusCode ?? 0;
  if (/^Region (is missing|not accepted)/.test(error.message)) return 'REGION_MISSING';
  const known = codeByName[error.name];
  if (known !== undefined) return known;
  if (status === 429) return 'THROTTLED';
  if (error.code !== undefined && [...neverSent, ...cutOff].includes(error.code)) return 'SERVICE_UNAVAILABLE';
  if (isUnreadable(error)) return isPassing(status) ? 'SERVICE_UNAVAILABLE' : 'SERVICE_NOT_OFFERED';
  if (status === 501 || (saysNothing(error) && status < 500)) return 'SERVICE_NOT_OFFERED';
  return status >= 500 ? 'SERVICE_UNAVAILABLE' : 'PROVIDER_FAILURE';
}

/** An answer that is no JSON or XML, such as the HTML page of something that is not AWS (moto: HTTP 500 for what it lacks). */
function isUnreadable(error: SdkError): boolean {
  return error.name === 'SyntaxError' || error.message.startsWith('@aws-sdk XML parse error');
}

/** AWS answers a wrong signature with what should have been signed, session token and all, and the SDK's error keeps it. */
function holdsSecret({ name }: SdkError): boolean {
  return name === 'InvalidSignatureException' || name === 'SignatureDoesNotMatch';
}

/** An answer without an error that AWS knows (MiniStack: HTTP 400 for a service that it lacks). */
function saysNothing(error: SdkError): boolean {
  return error.name === 'Unknown' || (error.name.startsWith('NotFound') && isPlaceholder(error.message));
}

/** What the SDK says where the answer had no message. */
function isPlaceholder(message: string): boolean {
  return message === 'Unknown' || message === 'UnknownError';
}

/** What a load balancer answers while what is behind it is away. */
function isPassing(status: number): boolean {
  return status >= 502 && status <= 504;
}

function mayHaveHappened(error: unknown, code: ErrorCode): boolean {
  const parsed = sdkErrorSchema.safeParse(error).data;
  if (parsed === undefined) return true;
  const status = parsed.$metadata.httpStatusCode ?? 0;
  if (isUnreadable(parsed)) return status < 400 || status >= 500;
  return code === 'SERVICE_UNAVAILABLE' && !neverSent.includes(parsed.code ?? '');
}

function explain(error: SdkError): string {
  const status = error.$metadata.httpStatusCode;
  // The parser's own message quotes the answer, which could hold a secret.
  if (isUnreadable(error)) return `the answer (HTTP ${status}) is not one that AWS gives`;
  if (saysNothing(error)) return `answered HTTP ${status} without saying why`;
  if (isPlaceholder(error.message)) return error.name;
  const text = quotable(error.message).split('\n')[0] || error.code || error.name;
  return ['Error', 'TimeoutError'].includes(error.name) || text.includes(error.name) ? text : `${error.name}: ${text}`;
}
