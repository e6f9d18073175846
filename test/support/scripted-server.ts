import { createServer, type IncomingHttpHeaders } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { listenOnLoopback } from '../../sandbox/loopback.ts';

/** A request as it came over the wire. */
export interface ReceivedRequest {
  method: string;
  /** Path and query as they stood in the request line. */
  target: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** What the server does with a request: answers it, cuts the connection, or never answers. */
export type Scripted =
  | { status?: number; json?: unknown; text?: string; headers?: Record<string, string> }
  | 'cut'
  | 'silence';

/** A server that does what it is told, request by request, and keeps what it received. The last line of the script repeats. */
export async function startScriptedServer(...script: Scripted[]) {
  const received: ReceivedRequest[] = [];
  const server = createServer(async (incoming, response) => {
    const { method = '', url: target = '', headers } = incoming;
    received.push({ method, target, headers, body: (await buffer(incoming)).toString() });
    const line = script[Math.min(received.length, script.length) - 1] ?? {};
    if (line === 'silence') return;
    if (line === 'cut') return void incoming.socket.resetAndDestroy();
    const { status = 200, json, text = JSON.stringify(json ?? {}), headers: named = {} } = line;
    response.writeHead(status, named).end(text);
  });
  return { received, ...(await listenOnLoopback(server)) };
}
