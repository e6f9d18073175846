import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { SandboxContext } from '../processes/context.ts';
import { whileLocked } from '../processes/process-lock.ts';

/**
 * A folder of fetched things that is complete and the one that the pins name, or not there at all.
 *
 * It is made beside its place and renamed into it, so what is made must not depend on where it lies. Its name holds a
 * hash over the pins; folders of other pins are removed. One process at a time makes it, the others wait and use it.
 *
 * @param pins all that decides what is fetched.
 * @param make fills the empty folder that it is handed. Where it fails nothing stays.
 */
export async function fetchedFolder(
  name: string,
  pins: string[],
  context: SandboxContext,
  make: (folder: string) => Promise<void>,
): Promise<string> {
  const parts = join(context.folder, 'parts');
  const folder = join(parts, `${name}-${hashOf(pins)}`);
  if (existsSync(folder)) return folder;
  const { clock, report } = context;
  const onWait = () => report(`${name}: another process is fetching it; waiting.`);
  return whileLocked(join(context.folder, `${name}.lock`), { clock, onWait }, async () => {
    if (existsSync(folder)) return folder;
    await removeAll(parts, name);
    const half = `${folder}.half`;
    await mkdir(half, { recursive: true });
    try {
      await make(half);
      await rename(half, folder);
    } catch (error) {
      await rm(half, { recursive: true, force: true });
      throw error;
    }
    return folder;
  });
}

function hashOf(pins: string[]): string {
  return createHash('sha256').update(JSON.stringify(pins)).digest('hex').slice(0, 12);
}

/** What a killed fetch left, and what was fetched for other pins. */
async function removeAll(parts: string, name: string): Promise<void> {
  await mkdir(parts, { recursive: true });
  const old = (await readdir(parts)).filter((entry) => entry.startsWith(`${name}-`));
  await Promise.all(old.map((entry) => rm(join(parts, entry), { recursive: true, force: true })));
}
