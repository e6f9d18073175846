import { closeSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { access, constants, lstat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { reasonOf, TandemError } from '../../shared/errors/tandem-error.ts';
import { interruptible } from '../interruption.ts';
import type { Surroundings } from '../surroundings.ts';
import { isSystemError } from './system-error.ts';

/**
 * Makes sure, before anybody is asked anything, that the file may be written.
 *
 * @param force whether it may be there already
 * @throws TandemError PLAN_FILE_EXISTS, PLAN_FILE_UNWRITABLE
 */
export async function checkPlace(path: string, force: boolean): Promise<void> {
  const there = await lstat(path).catch((cause: unknown) => {
    if (isSystemError(cause, 'ENOENT')) return undefined;
    throw unwritable(path, reasonOf(cause), cause);
  });
  if (there?.isDirectory()) throw unwritable(path, 'it is a folder');
  if (there !== undefined && !force) throw exists(path);
  await access(dirname(path), constants.W_OK).catch((cause: unknown) => {
    throw unwritable(path, reasonOf(cause), cause);
  });
}

/**
 * Writes the file as a whole or not at all; nothing that is there is lost without force.
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
    try {
      if (force) replace(path, text, `${path}.${randomSuffix()}`);
      else create(path, text);
    } catch (cause) {
      if (isSystemError(cause, 'EEXIST')) throw exists(path, cause);
      throw unwritable(path, reasonOf(cause), cause);
    }
  });
}

/** Not by way of a draft: only a link would not take the place of a file made meanwhile, and not every disk has links. */
function create(path: string, text: string): void {
  const file = openSync(path, 'wx');
  try {
    writeFileSync(file, text);
  } catch (error) {
    rmSync(path);
    throw error;
  } finally {
    closeSync(file);
  }
}

function replace(path: string, text: string, draft: string): void {
  try {
    create(draft, text);
    renameSync(draft, path);
  } finally {
    rmSync(draft, { force: true });
  }
}

function exists(path: string, cause?: unknown): TandemError {
  return new TandemError('PLAN_FILE_EXISTS', `${path} exists already.`, { cause });
}

function unwritable(path: string, why: string, cause?: unknown): TandemError {
  return new TandemError('PLAN_FILE_UNWRITABLE', `${path} cannot be written: ${why}.`, { cause });
}
