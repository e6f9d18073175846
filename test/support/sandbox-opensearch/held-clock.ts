import type { Clock } from '../../../shared/ports/clock.ts';

interface Sleeper {
  until: number;
  wake: () => void;
}

/** A clock that stands still until it is moved; who sleeps on it wakes only then. */
export class HeldClock implements Clock {
  #now = Date.parse('2026-01-01T00:00:00.000Z');
  #sleepers: Sleeper[] = [];

  now(): Date {
    return new Date(this.#now);
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#sleepers.push({ until: this.#now + milliseconds, wake: resolve });
    signal?.addEventListener('abort', () => reject(signal.reason));
    return promise;
  }

  /** How many have ever gone to sleep. */
  get sleepers(): number {
    return this.#sleepers.length;
  }

  moveSeconds(seconds: number): void {
    this.#now += seconds * 1000;
    for (const { until, wake } of this.#sleepers) if (until <= this.#now) wake();
  }
}
