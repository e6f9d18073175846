import { linkSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { access, constants, lstat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { reasonOf, TandemError } from '../../shared/errors/tandem-error.ts';
import { interruptible } from '../interruption.ts';
import type { Surroundings } from '../surroundings.ts';

/**
 * Makes sure, before anybody is asked anything, that the file may be written.
 *
 * @param force whether it may be there already
 * @throws TandemError PLAN_FILE_EXISTS, PLAN_FILE_UNWRITABLE
 */
export async function checkPlace(path: string, force: boolean): Promise<void> {
  const there = await lstat(path).catch(() => undefined);
  if (there?.isDirectory()) throw unwritable(path, 'it is a folder');
  if (there !== undefined && !force) throw exists(path);
  await access(dirname(path), constants.W_OK).catch((cause: unknown) => {
    throw unwritable(path, reasonOf(cause), cause);
  });
}

/**
 * Writes the file as a whole or not at all, whenever the process ends; nothing that is there is lost without force.
 *
 * @throws TandemError PLAN_FILE_EXISTS, PLAN_FILE_UNWRITABLE
 */
export async function writeNewFile(
  path: string,
  text: string,
  force: boolean,
  { signals, randomSuffix }: Pick<Surroundings, 'signals' | 'randomSuffix'>,
): Promise<void> {
  // Ctrl-C does not cut this off. It waits for nothing, so that there is no need to.
  await interruptible(signals, async () => {
    const draft = `${path}.${randomSuffix()}`;
    try {
      writeFileSync(draft, text);
      if (force) renameSync(draft, path);
      // Unlike a renaming, a link does not take the place of a file that somebody made meanwhile.
      else linkSync(draft, path);
    } catch (cause) {
      if (cause instanceof Error && 'code' in cause && cause.code === 'EEXIST') throw exists(path, cause);
      throw unwritable(path, reasonOf(cause), cause);
    } finally {
      rmSync(draft, { force: true });
    }
  });
}

function exists(path: string, cause?: unknown): TandemError {
  return new TandemError('PLAN_FILE_EXISTS', `${path} exists already.`, { cause });
}

function unwritable(path: string, why: string, cause?: unknown): TandemError {
  return new TandemError('PLAN_FILE_UNWRITABLE', `${path} cannot be written: ${why}.`, { cause });
}
