import type { Writable } from 'node:stream';

/** Waits until what was written to a pipe has left the process, which can then be ended. */
export function written(stream: Writable): Promise<void> {
  return new Promise((resolve) => stream.write('', () => resolve()));
}
