import type { IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';

/** A request as it came in, its body read whole. */
export interface DomainRequest {
  method: string;
  /** As it stood in the request line, query included. */
  url: string;
  /** The path alone, still percent-encoded, as it is signed. */
  path: string;
  /** The decoded parts of the path, empty ones left out. */
  segments: string[];
  query: URLSearchParams;
  /** Names in lower case; one that came more than once is joined by a comma. */
  headers: Record<string, string>;
  body: Buffer;
}

/** Reads a request off the wire. */
export async function readRequest(incoming: IncomingMessage): Promise<DomainRequest> {
  const url = incoming.url ?? '/';
  const [path = '/', ...query] = url.split('?');
  return {
    method: incoming.method ?? 'GET',
    url,
    path,
    segments: path.split('/').filter(Boolean).map(decoded),
    query: new URLSearchParams(query.join('?')),
    headers: Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)])),
    body: await buffer(incoming),
  };
}

/** The JSON of a body; undefined where it is none, which the callers refuse or pass on. */
export function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
