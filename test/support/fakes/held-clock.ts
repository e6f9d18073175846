import type { Clock } from '../../../shared/ports/clock.ts';

/** A clock that stands still until it is moved; who sleeps on it wakes only then. */
export class HeldClock implements Clock {
  #now: number;
  /** The next to wake first. */
  #sleepers: { wakeAt: number; wake: () => void }[] = [];

  constructor(start = '2026-01-01T00:00:00.000Z') {
    this.#now = Date.parse(start);
  }

  now(): Date {
    return new Date(this.#now);
  }

  async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const sleeper = { wakeAt: this.#now + milliseconds, wake: resolve };
    this.#sleepers = [...this.#sleepers, sleeper].sort((one, other) => one.wakeAt - other.wakeAt);
    signal?.addEventListener('abort', () => {
      this.#sleepers = this.#sleepers.filter((one) => one !== sleeper);
      reject(signal.reason);
    });
    await promise;
  }

  /** How many sleep. */
  get sleepers(): number {
    return this.#sleepers.length;
  }

  /** Lets time pass, and wakes whose time has come. */
  advance(milliseconds: number): void {
    this.#now += milliseconds;
    while (this.#sleepers[0] !== undefined && this.#sleepers[0].wakeAt <= this.#now) this.wakeNext();
  }

  /** Wakes the next one, at its time. */
  wakeNext(): void {
    const next = this.#sleepers.shift();
    if (next === undefined) return;
    this.#now = Math.max(this.#now, next.wakeAt);
    next.wake();
  }
}
