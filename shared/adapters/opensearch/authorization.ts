import aws4 from 'aws4';
import { regionOfDomain } from '../../core/domain-address.ts';
import { passwordOf } from '../../core/password.ts';
import type { DomainAuth } from '../../ports/search-domain.ts';
import type { Secrets } from '../../ports/secrets.ts';
import { awsError } from '../aws-errors.ts';

export interface AwsKeys {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string | undefined;
}

/** Where the means of authorization come from; each is asked for only when a request needs it. */
export interface AuthorizationSources {
  credentials: () => Promise<AwsKeys>;
  /** For an endpoint whose host names none. */
  region: () => Promise<string>;
  secrets: Secrets;
}

/** A request as it will go over the wire. */
export interface UnsentRequest {
  url: URL;
  method: string;
  headers: Record<string, string>;
  body: string | undefined;
}

/** Answers the headers to send: those of the request and what authorizes it. */
export type Authorize = (request: UnsentRequest, now: Date) => Promise<Record<string, string>>;

/** @throws TandemError CREDENTIALS_MISSING, REGION_MISSING, SECRET_UNREADABLE, each when a request is authorized */
export function authorization(auth: DomainAuth, sources: AuthorizationSources): Authorize {
  switch (auth.type) {
    case 'sigv4':
      return (request, now) => signed(request, now, sources);
    case 'basic':
      return async ({ headers }) => {
        const password = passwordOf(await sources.secrets.read(auth.secret), auth.secret);
        return { ...headers, authorization: basic(auth.username, password) };
      };
    case 'password':
      return async ({ headers }) => ({ ...headers, authorization: basic(auth.username, auth.password) });
    case 'none':
      return async ({ headers }) => headers;
  }
}

function basic(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

async function signed(request: UnsentRequest, now: Date, sources: AuthorizationSources) {
  const { url, method, body } = request;
  const { keys, region } = await keysAndRegion(url, sources);
  const { headers } = aws4.sign(
    {
      service: 'es',
      region,
      host: url.host,
      method,
      path: `${url.pathname}${url.search}`,
      headers: { ...request.headers, 'x-amz-date': now.toISOString().replaceAll(/[-:]|\.\d{3}/g, '') },
      ...(body === undefined ? {} : { body }),
    },
    keys,
  );
  const all = Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)] as const);
  // They are signed, and fetch sends them by itself from the address and the body.
  return Object.fromEntries(all.filter(([name]) => name !== 'host' && name !== 'content-length'));
}

async function keysAndRegion(url: URL, { credentials, region }: AuthorizationSources) {
  try {
    const { accessKeyId, secretAccessKey, sessionToken } = await credentials();
    const keys = { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
    return { keys, region: regionOfDomain(url.hostname) ?? (await region()) };
  } catch (error) {
    throw awsError(error, `Signing a request to ${url.origin}`);
  }
}
