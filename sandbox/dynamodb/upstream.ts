import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import type { Reply } from './reply.ts';

/** An HTTP request, read whole. */
export interface Request {
  method: string;
  /** Path and query. */
  path: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

const deadlineMilliseconds = 60_000;

/** The emulator behind the layer. */
export class Upstream {
  readonly #endpoint: string;
  readonly #ending = new AbortController();

  constructor(endpoint: string) {
    this.#endpoint = endpoint;
  }

  /**
   * Sends a request on as it is, with the headers of its own connection left out, and reads the answer.
   *
   * A connection each: a kept one may be closed by the emulator at the moment in which it is used again.
   *
   * @throws TandemError SERVICE_UNAVAILABLE where the emulator does not answer.
   */
  async send({ method, path, headers, body }: Request): Promise<Reply> {
    try {
      const response = await this.#exchange(method, path, headers, body);
      return {
        status: response.statusCode ?? 502,
        headers: withoutConnection(response.headers),
        body: await buffer(response),
      };
    } catch (cause) {
      const message = `The emulator at ${this.#endpoint} does not answer (${String(cause)}).`;
      throw new TandemError('SERVICE_UNAVAILABLE', message, { cause });
    }
  }

  /** Breaks off what is on its way, and sends nothing any more. */
  close(): void {
    this.#ending.abort();
  }

  #exchange(method: string, path: string, headers: IncomingHttpHeaders, body: Buffer): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const signal = AbortSignal.any([AbortSignal.timeout(deadlineMilliseconds), this.#ending.signal]);
      request(this.#endpoint, { method, path, headers: withoutConnection(headers), agent: false, signal })
        .on('response', resolve)
        .on('error', reject)
        .end(body);
    });
  }
}

/** What is about one connection only; the length is counted anew, since bodies are read whole. */
function withoutConnection(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const { connection, 'keep-alive': _, 'transfer-encoding': __, 'content-length': ___, ...others } = headers;
  return others;
}
