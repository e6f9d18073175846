import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ProcessLock, whileLocked } from '../../../sandbox/processes/process-lock.ts';
import { systemClock } from '../../../shared/adapters/system-clock.ts';
import { killOutright, nextLine, startProgram } from '../../support/sandbox-processes/program.ts';
import { temporaryFolder } from '../../support/sandbox-processes/temporary-sandbox.ts';

test('one process holds a lock, and leaves it when it is killed', async () => {
  const file = join(await temporaryFolder(), 'lock');
  const holder = startProgram('hold-lock.ts', file);
  expect(await nextLine(holder)).toBe('held');

  expect(ProcessLock.tryTake(file)).toBeUndefined();

  await killOutright(holder);
  const lock = ProcessLock.tryTake(file);
  expect(lock).toBeDefined();
  lock?.release();
});

test('one process holds a lock once', async () => {
  const file = join(await temporaryFolder(), 'lock');
  const lock = ProcessLock.tryTake(file);
  expect(ProcessLock.tryTake(file)).toBeUndefined();

  lock?.release();
  expect(ProcessLock.tryTake(file)).toBeDefined();
});

test('work waits for the lock, and whoever asked for it hears so', async () => {
  const file = join(await temporaryFolder(), 'lock');
  const lock = ProcessLock.tryTake(file);
  const waiting = Promise.withResolvers<void>();
  let done = false;
  const work = whileLocked(file, { clock: systemClock, onWait: waiting.resolve }, async () => {
    done = true;
  });
  await waiting.promise;
  expect(done).toBe(false);

  lock?.release();
  await work;
  expect(done).toBe(true);
});

test('a lock is left when the work under it fails', async () => {
  const file = join(await temporaryFolder(), 'lock');
  const work = () => Promise.reject(new Error('it failed'));
  await expect(whileLocked(file, { clock: systemClock }, work)).rejects.toThrow('it failed');
  expect(ProcessLock.tryTake(file)).toBeDefined();
});
