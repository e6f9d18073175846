import { existsSync } from 'node:fs';
import type { SandboxRun } from '../processes/run.ts';
import { partFailed } from '../processes/server.ts';
import type { Engine } from './engines.ts';
import { startSearchServer } from './search-server.ts';

/** A JVM that writes its archive on its way out takes 5 seconds on 2 cores, and minutes on a machine that is busy. */
const graceMilliseconds = 300_000;

/**
 * Starts a search engine once and stops it: that shows that it works, and writes the archive of its classes with which
 * it starts three times as fast.
 *
 * @throws TandemError SANDBOX_PART_FAILED where it does not start, or leaves no archive
 */
export async function writeClassArchive(
  run: SandboxRun,
  file: string,
  server: { engine: Engine; java: string; jars: string },
): Promise<void> {
  const archive = `-XX:ArchiveClassesAtExit=${file}`;
  const { stop, logFile } = await startSearchServer(run, { ...server, archive, nodes: 1, graceMilliseconds });
  await stop();
  if (!existsSync(file)) throw await partFailed(logFile, `${server.engine.name} left no archive of its classes`);
}
