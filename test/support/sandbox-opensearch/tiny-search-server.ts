import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import * as z from 'zod';
import { listenOnLoopback } from '../../../sandbox/loopback.ts';

interface Received {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
}

const registration = z.object({ type: z.string(), settings: z.record(z.string(), z.unknown()) });

/**
 * A search server that keeps the requests it got and the repositories registered with it, says `{"served": <url>}` to
 * everything else, and can be told to take its time.
 */
export async function startTinySearchServer() {
  const received: Received[] = [];
  let answered = 0;
  const repositories = new Map<string, z.infer<typeof registration>>();
  let held: Promise<void> = Promise.resolve();

  const server = createServer({ maxHeaderSize: 64 * 1024 }, async (incoming, response) => {
    const { method = '', url = '', headers } = incoming;
    const body = (await buffer(incoming)).toString();
    received.push({ method, url, headers, body });
    await held;
    const name = /^\/_snapshot\/([^/_?][^/?]*)$/.exec(url)?.[1];
    if (method === 'PUT' && name !== undefined) {
      const { type, settings } = registration.parse(JSON.parse(body));
      repositories.set(name, { type, settings: texts(settings) });
    }
    const listed = method === 'GET' && /^\/_snapshot(\/(?!_status)[^/]+)?$/.test(url);
    answered += 1;
    answer(response, listed ? Object.fromEntries(repositories) : { served: url });
  });
  const { endpoint, stop } = await listenOnLoopback(server);

  return {
    address: endpoint,
    received,
    /** How many of the requests it has answered. */
    get answered() {
      return answered;
    },
    /** Holds every answer back until the function that it returns is called. */
    hold(): () => void {
      const { promise, resolve } = Promise.withResolvers<void>();
      held = promise;
      return resolve;
    },
    stop,
  };
}

function answer(response: ServerResponse, value: unknown): void {
  const body = JSON.stringify(value);
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length, 'x-server': 'tiny' });
  response.end(body);
}

/** As a search server gives settings back. */
function texts(settings: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, String(value)]));
}
