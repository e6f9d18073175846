import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { listenOnLoopback } from '../../sandbox/loopback.ts';

export interface LossyProxy {
  endpoint: string;
  /** Carries out the next request and loses its answer. */
  loseNextAnswer(): void;
  stop(): Promise<void>;
}

/** Passes requests on to an emulator, and loses an answer when told to. */
export async function startLossyProxy(upstream: string): Promise<LossyProxy> {
  let losing = false;

  function pass(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const lose = losing;
    losing = false;
    const options = { method: incoming.method ?? 'GET', headers: incoming.headers, path: incoming.url };
    const passed = request(upstream, options, (answer) => {
      if (lose) {
        answer.resume();
        answer.on('end', () => outgoing.destroy());
        return;
      }
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    passed.on('error', (error) => outgoing.destroy(error));
    incoming.pipe(passed);
  }

  const listening = await listenOnLoopback(createServer(pass));
  return {
    ...listening,
    loseNextAnswer: () => {
      losing = true;
    },
  };
}
