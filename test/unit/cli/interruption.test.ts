import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { interruptible } from '../../../cli/interruption.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** Work that goes on until it is let end, told of signals. */
function working() {
  const signals = new EventEmitter();
  const { promise, resolve } = Promise.withResolvers<void>();
  const interrupted: unknown[] = [];
  const done = interruptible(signals, (signal) => {
    signal.addEventListener('abort', () => interrupted.push(signal.reason));
    return promise;
  });
  return { signals, interrupted, done, letEnd: resolve };
}

it('tells the work once of a Ctrl-C that arrives twice, from the terminal and from who has started us', async () => {
  const { signals, interrupted, done, letEnd } = working();

  signals.emit('SIGINT');
  vi.advanceTimersByTime(100);
  // Without a listener, this one would end the process.
  expect(signals.emit('SIGINT')).toBe(true);

  expect(interrupted).toMatchObject([{ name: 'Interruption' }]);
  letEnd();
  await done;
});

it.for(['SIGINT', 'SIGTERM'])('lets a second Ctrl-C end the process after %s', async (first) => {
  const { signals, done, letEnd } = working();

  signals.emit(first);
  vi.advanceTimersByTime(200);

  expect(signals.emit('SIGINT')).toBe(false);
  letEnd();
  await done;
});

it('listens no longer than the work takes, and leaves no timer', async () => {
  const { signals, done, letEnd } = working();

  signals.emit('SIGINT');
  letEnd();
  await done;

  expect(signals.eventNames()).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});
