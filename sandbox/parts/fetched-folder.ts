import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { whileLocked } from '../processes/process-lock.ts';
import type { SandboxRun } from '../processes/run.ts';

/**
 * A folder of fetched things that is complete and the one that the pins name, or not there at all.
 *
 * It is made in the folder of the run and renamed into its place, so that what is half-made goes with the run, however
 * that ends; what is made must not depend on where it lies. Its name holds a hash over the pins; folders of other pins
 * are removed. One process at a time makes it, the others wait and use it.
 *
 * @param pins all that decides what is fetched.
 * @param make fills the empty folder that it is handed.
 */
export async function fetchedFolder(
  name: string,
  pins: string[],
  run: SandboxRun,
  make: (folder: string) => Promise<void>,
): Promise<string> {
  const { folder: place, clock, report } = run.context;
  const parts = join(place, 'parts');
  const folder = join(parts, `${name}-${hashOf(pins)}`);
  if (existsSync(folder)) return folder;
  const onWait = () => report(`${name}: another process is fetching it; waiting.`);
  return whileLocked(join(place, `${name}.lock`), { clock, onWait }, async () => {
    if (existsSync(folder)) return folder;
    await removeAll(parts, name);
    const half = await run.makeFolder(name);
    await make(half);
    await rename(half, folder);
    return folder;
  });
}

function hashOf(pins: string[]): string {
  return createHash('sha256').update(JSON.stringify(pins)).digest('hex').slice(0, 12);
}

/** What was fetched for other pins. */
async function removeAll(parts: string, name: string): Promise<void> {
  await mkdir(parts, { recursive: true });
  const old = (await readdir(parts)).filter((entry) => entry.startsWith(`${name}-`));
  await Promise.all(old.map((entry) => rm(join(parts, entry), { recursive: true, force: true })));
}
