import { HeldClock } from './held-clock.ts';

/**
 * Virtual time: whoever sleeps wakes at once, in the order of the times to wake at, and finds that it is later.
 * It does not wait for what goes on outside of this process: then only one may sleep at a time.
 */
export class FakeClock extends HeldClock {
  constructor(start = '2030-01-02T03:04:05.000Z') {
    super(start);
  }

  override async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    const slept = super.sleep(milliseconds, signal);
    // After all that can go on without waiting, so that everybody who sleeps at the same time is known.
    setImmediate(() => this.wakeNext());
    await slept;
  }
}
