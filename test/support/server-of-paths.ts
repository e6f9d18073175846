import { createServer } from 'node:http';
import { onTestFinished } from 'vitest';
import { listenOnLoopback } from '../../sandbox/loopback.ts';

/** An answer to a request for a path and query; JSON, or a text as it is. */
export interface PathAnswer {
  status?: number;
  body: object | string;
}

/** The endpoint of a server that gives each path and query its answer, and 404 to the others, until the test has ended. */
export async function serverOfPaths(answers: Record<string, PathAnswer>): Promise<string> {
  const server = createServer((incoming, outgoing) => {
    // S3's client writes `/bucket/?acl` with or without the last slash and an equals sign.
    const path = incoming.url?.replace('/?', '?').replace(/=$/, '') ?? '';
    const { status = 200, body } = answers[path] ?? { status: 404, body: '' };
    incoming.resume().on('end', () => {
      outgoing.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body));
    });
  });
  const { endpoint, stop } = await listenOnLoopback(server);
  onTestFinished(stop);
  return endpoint;
}
