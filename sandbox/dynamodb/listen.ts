import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { listenOnLoopback } from '../loopback.ts';
import type { Reply } from './reply.ts';
import type { Request } from './upstream.ts';

/** Serves HTTP on 127.0.0.1 and a free port. `stop` breaks off what is under way. */
export async function listen(
  answer: (request: Request) => Promise<Reply>,
): Promise<{ endpoint: string; stop(): Promise<void> }> {
  // A connection that the server closed while a client used it again would look like a lost answer.
  const server = createServer({ keepAliveTimeout: 0 }, (incoming, outgoing) => {
    serve(answer, incoming, outgoing).catch((error) => outgoing.destroy(error));
  });
  return listenOnLoopback(server);
}

async function serve(
  answer: (request: Request) => Promise<Reply>,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const { method = 'GET', url: path = '/', headers } = incoming;
  const { status, headers: answered, body } = await answer({ method, path, headers, body: await buffer(incoming) });
  outgoing.writeHead(status, answered).end(body);
}
