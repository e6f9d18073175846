import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { type Request, Upstream } from '../dynamodb/upstream.ts';
import { listenOnLoopback } from '../loopback.ts';
import { acts, type FaultKind, type FaultyService } from './kinds.ts';
import { wordsFor } from './words.ts';

/** A fault to come: of what kind, and which requests it happens to. */
export interface ComingFault {
  kind: FaultKind;
  service: FaultyService;
  /** Any where undefined. */
  method?: string;
  /** Looked for in path and query; any where undefined. */
  path?: RegExp;
  /** The operation of an API whose path does not tell it, such as `DescribeTable`; any where undefined. */
  operation?: string;
  /** How many such requests go well before. */
  skip?: number;
  times?: number;
}

export interface FaultLayer {
  /** Such as http://127.0.0.1:41234. */
  endpoint: string;
  /** Adds a fault. Of several that meet a request the first happens. */
  add(fault: ComingFault): void;
  /** The faults that have met no request yet, or not as often as they are to. */
  left(): ComingFault[];
  /** Closes it at once, with the answers that it holds back. */
  stop(): Promise<void>;
}

/**
 * Starts a door to a service, on 127.0.0.1 and a free port, that passes every request on as it is, unless a fault was asked
 * for it.
 *
 * @param upstream the address of the service: the emulator, a layer of the sandbox, a search server
 */
export async function startFaultLayer(upstream: string): Promise<FaultLayer> {
  const service = new Upstream(upstream);
  const coming: Required<Pick<ComingFault, 'skip' | 'times'> & { fault: ComingFault }>[] = [];

  function take(request: Request): ComingFault | undefined {
    for (const one of coming) {
      if (one.times === 0 || !meets(one.fault, request)) continue;
      one.skip -= 1;
      if (one.skip >= 0) continue;
      one.times -= 1;
      return one.fault;
    }
    return undefined;
  }

  async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { method = 'GET', url: path = '/', headers } = incoming;
    const request = { method, path, headers, body: await buffer(incoming) };
    const fault = take(request);
    if (fault === undefined || acts(fault.kind)) {
      const { status, headers: answered, body } = await service.send(request);
      if (fault === undefined) return void outgoing.writeHead(status, answered).end(body);
      return disturb(fault, outgoing, () => outgoing.writeHead(status, { ...answered }), body);
    }
    disturb(fault, outgoing, () => outgoing.writeHead(500), Buffer.alloc(0));
  }

  const server = createServer({ keepAliveTimeout: 0 }, (incoming, outgoing) => {
    serve(incoming, outgoing).catch((error) => outgoing.destroy(error));
  });
  const listening = await listenOnLoopback(server);
  return {
    endpoint: listening.endpoint,
    add: (fault) => void coming.push({ fault, skip: fault.skip ?? 0, times: fault.times ?? 1 }),
    left: () => coming.flatMap(({ fault, times }) => (times > 0 ? [fault] : [])),
    stop: async () => {
      service.close();
      await listening.stop();
    },
  };
}

function meets({ method, path, operation }: ComingFault, request: Request): boolean {
  const target = String(request.headers['x-amz-target'] ?? '');
  return (
    (method === undefined || method === request.method) &&
    (path === undefined || path.test(request.path)) &&
    (operation === undefined || target.endsWith(`.${operation}`))
  );
}

/** @param begin sends the head of the service's own answer, whose body is given */
function disturb({ kind, service }: ComingFault, outgoing: ServerResponse, begin: () => void, body: Buffer): void {
  const half = body.subarray(0, body.length / 2);
  const words = wordsFor(kind, service);
  if (words !== undefined) return void outgoing.writeHead(words.status, words.headers).end(words.body);
  switch (kind) {
    case 'slow':
      // The client goes when it has waited long enough.
      return;
    case 'half':
      outgoing.setHeader('content-length', body.length);
      begin();
      outgoing.write(half, () => outgoing.socket?.resetAndDestroy());
      return;
    case 'truncated':
      begin();
      outgoing.end(half);
      return;
    default:
      outgoing.socket?.resetAndDestroy();
  }
}
