import type { Answer } from './answer.ts';
import type { DomainRequest } from './request.ts';

/** Something that goes wrong with a request, for tests of what a client makes of it. */
export interface Fault {
  matches(request: DomainRequest): boolean;
  /** True where the server never sees the request; otherwise it acts on it, whatever the client is told. */
  lost?: boolean;
  /** Milliseconds that the request is held up before anything else happens. */
  delay?: number;
  /** Given in place of the server's answer. */
  answer?: Answer;
  /** The connection is reset before the answer, or after half of its body. */
  cut?: 'before' | 'half';
}

/** Faults to come, in order. Each happens once, to the first request that it matches. */
export class Faults {
  #coming: Fault[] = [];

  /** Adds a fault, to happen that many times. */
  add(fault: Fault, times = 1): void {
    this.#coming.push(...Array.from({ length: times }, () => fault));
  }

  /** The fault that happens to this request, which is used up. */
  take(request: DomainRequest): Fault | undefined {
    const index = this.#coming.findIndex((fault) => fault.matches(request));
    return index < 0 ? undefined : this.#coming.splice(index, 1)[0];
  }
}
