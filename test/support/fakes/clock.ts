import type { Clock } from '../../../shared/ports/clock.ts';

/**
 * Virtual time: whoever sleeps wakes at once, in the order of the times to wake at, and finds that it is later.
 * It does not wait for what goes on outside of this process: then only one may sleep at a time.
 */
export class FakeClock implements Clock {
  #now: number;
  readonly #sleepers: { wakeAt: number; wake: () => void }[] = [];

  constructor(start = '2030-01-02T03:04:05.000Z') {
    this.#now = Date.parse(start);
  }

  now(): Date {
    return new Date(this.#now);
  }

  async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#sleepers.push({ wakeAt: this.#now + milliseconds, wake: resolve });
    signal?.addEventListener('abort', () => reject(signal.reason));
    // After all that can go on without waiting, so that everybody who sleeps at the same time is known.
    setImmediate(() => this.#wakeNext());
    await promise;
  }

  /** Lets time pass while nobody sleeps. */
  advance(milliseconds: number): void {
    this.#now += milliseconds;
  }

  #wakeNext(): void {
    this.#sleepers.sort((one, other) => one.wakeAt - other.wakeAt);
    const next = this.#sleepers.shift();
    if (next === undefined) return;
    this.#now = Math.max(this.#now, next.wakeAt);
    next.wake();
  }
}
