import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { CallLog } from '../call-log.ts';
import { listenOnLoopback } from '../loopback.ts';
import { type Answer, json } from './answer.ts';
import { actionOf } from './authority.ts';
import type { Faults } from './faults.ts';
import { identified } from './fine-grained.ts';
import { type Behind, type Delivery, Gateway } from './gateway.ts';
import type { LoggedCall } from './logged-call.ts';
import { type DomainRequest, readRequest } from './request.ts';
import { type Guard, refuse } from './rules.ts';
import { readSignature } from './signature.ts';

/** A plain OpenSearch or Elasticsearch that behaves like a managed domain. */
export interface Domain {
  /** Such as http://127.0.0.1:41234. */
  endpoint: string;
  calls: CallLog<LoggedCall>;
  faults: Faults;
  /** Ends at once, open connections included. Stopping twice does no harm. */
  stop(): Promise<void>;
}

/** Other processes read (GET) and forget (DELETE) the calls here, without a signature. */
const callsPath = '/_sandbox/calls';

/** A request line over 4 kB is left to the server to refuse, and an idle client keeps its connection for a while. */
const connection = { maxHeaderSize: 64 * 1024, keepAliveTimeout: 75_000 };

/** Starts the front end on a free port of 127.0.0.1. */
export async function startDomain(options: Guard & Behind): Promise<Domain> {
  const gateway = new Gateway(options);
  const calls = new CallLog<LoggedCall>();

  const server = createServer(connection, async (incoming, response) => {
    try {
      const request = await readRequest(incoming);
      if (request.path === callsPath) return send(control(request, calls), request, response);
      const delivery = await handle(request);
      record(request, delivery);
      send(delivery, request, response);
    } catch (error) {
      if (!response.headersSent) response.writeHead(500).end(String(error));
    }
  });
  const { endpoint, stop } = await listenOnLoopback(server);

  return {
    endpoint,
    calls,
    faults: gateway.faults,
    stop() {
      gateway.close();
      return stop();
    },
  };

  async function handle(request: DomainRequest): Promise<Delivery> {
    const refusal = await refuse(request, options);
    return refusal === undefined ? gateway.deliver(identified(request, options.roleOf)) : { answer: refusal };
  }

  function record(request: DomainRequest, { answer, cut }: Delivery): void {
    calls.record({
      at: options.clock.now().toISOString(),
      method: request.method,
      url: request.url,
      action: actionOf(request),
      accessKeyId: readSignature(request)?.accessKeyId,
      status: cut === 'before' ? undefined : answer.status,
    });
  }
}

function control({ method }: DomainRequest, calls: CallLog<LoggedCall>): Delivery {
  if (method === 'DELETE') calls.reset();
  return { answer: json(200, calls.calls) };
}

function send({ answer, cut }: Delivery, { method }: DomainRequest, response: ServerResponse<IncomingMessage>): void {
  if (cut === 'before') return void response.socket?.resetAndDestroy();
  response.writeHead(answer.status, headersOf(answer, method));
  if (cut === 'half') {
    response.write(answer.body.subarray(0, answer.body.length / 2), () => response.socket?.resetAndDestroy());
  } else {
    response.end(answer.body);
  }
}

/** To HEAD the server states the length of a body that does not come. */
function headersOf({ headers, body }: Answer, method: string): Answer['headers'] {
  return method === 'HEAD' ? headers : { ...headers, 'content-length': String(body.length) };
}
