import type { Clock } from '../../../shared/ports/clock.ts';

/** A clock that stands still until it is moved; who sleeps on it wakes only then. */
export class HeldClock implements Clock {
  #now: number;
  readonly #sleepers: { wakeAt: number; wake: () => void }[] = [];

  constructor(start = '2026-01-01T00:00:00.000Z') {
    this.#now = Date.parse(start);
  }

  now(): Date {
    return new Date(this.#now);
  }

  /** How many sleep. */
  get sleepers(): number {
    return this.#sleepers.length;
  }

  async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#sleepers.push({ wakeAt: this.#now + milliseconds, wake: resolve });
    signal?.addEventListener('abort', () => reject(signal.reason));
    await promise;
  }

  advance(milliseconds: number): void {
    const now = this.#now + milliseconds;
    while (this.#next !== undefined && this.#next.wakeAt <= now) this.wakeNext();
    this.#now = now;
  }

  /** Moves on to the time at which the next one wakes, and wakes that one alone. */
  wakeNext(): void {
    const next = this.#next;
  }
}
