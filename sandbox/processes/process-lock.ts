import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../../shared/ports/clock.ts';

/** SQLite's answer where somebody else holds the lock of a file (SQLITE_BUSY). */
const busy = 5;

const pollMilliseconds = 200;

/**
 * A lock on a file that is held until it is released or its process is gone, however that ended: the operating
 * system takes it back. An exclusive SQLite transaction is the only such lock that Node has built in.
 */
export class ProcessLock {
  readonly #database: DatabaseSync;

  private constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** Takes the lock at once, or answers undefined where this or another process holds it. */
  static tryTake(file: string): ProcessLock | undefined {
    const database = new DatabaseSync(file, { timeout: 0 });
    try {
      database.exec('BEGIN EXCLUSIVE');
      return new ProcessLock(database);
    } catch (error) {
      database.close();
      if (error instanceof Error && 'errcode' in error && error.errcode === busy) return undefined;
      throw error;
    }
  }

  release(): void {
    this.#database.close();
  }
}

/** Does the work while it holds the lock of the file; waits for it first, and calls `onWait` once if it has to. */
export async function whileLocked<Result>(
  file: string,
  { clock, onWait }: { clock: Clock; onWait?: () => void },
  work: () => Promise<Result>,
): Promise<Result> {
  await mkdir(dirname(file), { recursive: true });
  let lock = ProcessLock.tryTake(file);
  if (lock === undefined) onWait?.();
  while (lock === undefined) {
    await clock.sleep(pollMilliseconds);
    lock = ProcessLock.tryTake(file);
  }
  try {
    return await work();
  } finally {
    lock.release();
  }
}
