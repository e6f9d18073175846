import { type Agent, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { sign } from 'aws4';

export interface Call {
  method?: string;
  /** As it is put into the request line. */
  path?: string;
  body?: string;
  headers?: Record<string, string>;
  agent?: Agent;
}

export interface Reply {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

export interface Signing {
  accessKeyId?: string;
  secretAccessKey?: string;
  sessionToken?: string;
  region?: string;
  service?: string;
  at?: Date;
}

export const key = { accessKeyId: 'AKIATANDEM', secretAccessKey: 'a secret' };

/** Sends a request as it is, unsigned. */
export async function send(
  endpoint: string,
  { method = 'GET', path = '/', body, headers, agent }: Call,
): Promise<Reply> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const { hostname, port } = new URL(endpoint);
  request({ hostname, port, method, path, headers, agent }, resolve).on('error', reject).end(body);
  const incoming = await promise;
  const text = (await buffer(incoming)).toString();
  return { status: incoming.statusCode ?? 0, headers: incoming.headers, text };
}

/** Signs a request with aws4, without sending it. */
export function signed(endpoint: string, call: Call, signing: Signing): Call {
  const { region = 'eu-west-1', service = 'es', at = new Date(0), ...given } = signing;
  const { method = 'GET', path = '/', body, headers, agent } = call;
  const made = sign(
    {
      host: new URL(endpoint).host,
      method,
      path,
      region,
      service,
      headers: {
        date: at.toUTCString(),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body }),
    },
    { ...key, ...given },
  );
  const all = Object.entries(made.headers ?? {}).map(([name, value]) => [name, String(value)]);
  return {
    method,
    path: made.path ?? path,
    headers: Object.fromEntries(all),
    ...(body !== undefined && { body }),
    ...(agent && { agent }),
  };
}
