import { Agent, type IncomingMessage, request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { Answer } from './answer.ts';
import { unavailable } from './refusals.ts';
import type { DomainRequest } from './request.ts';

/** Belong to one connection or to AWS; compression would hide from the front end what it has to rewrite. */
const keptBack = /^(host|connection|keep-alive|expect|transfer-encoding|content-length|accept-encoding|x-amz-.*)$/;

/** The plain search server behind the front end. */
export class SearchServer {
  readonly #address: string;
  readonly #agent = new Agent({ keepAlive: true });

  /** @param address such as http://127.0.0.1:9201 */
  constructor(address: string) {
    this.#address = address;
  }

  /** Passes a request on and waits for the whole answer, however long it takes. */
  async answer({ method, url, headers, body }: DomainRequest): Promise<Answer> {
    const passed = Object.entries(headers).filter(([name, value]) => !keptBack.test(name) && !isSignature(name, value));
    const length = body.length > 0 ? { 'content-length': String(body.length) } : {};
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
    request(
      `${this.#address}${url}`,
      { method, agent: this.#agent, headers: { ...Object.fromEntries(passed), ...length } },
      resolve,
    )
      .on('error', reject)
      .end(body);
    try {
      const incoming = await promise;
      return { status: incoming.statusCode ?? 0, headers: own(incoming.headers), body: await buffer(incoming) };
    } catch (cause) {
      return unavailable(cause instanceof Error ? cause.message : String(cause));
    }
  }

  /** Cuts every connection. */
  close(): void {
    this.#agent.destroy();
  }
}

function isSignature(name: string, value: string): boolean {
  return name === 'authorization' && value.startsWith('AWS4-');
}

function own(headers: IncomingMessage['headers']): Answer['headers'] {
  const kept = Object.entries(headers).filter(([name]) => !/^(connection|keep-alive|transfer-encoding)$/.test(name));
  return Object.fromEntries(kept.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}
