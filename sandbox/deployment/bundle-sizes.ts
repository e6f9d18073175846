import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { unzipSync } from 'fflate';

/**
 * No function's code may be larger, in bytes: a nightly job is always cold, so its size is paid for every night. The largest
 * is the plan of a restore, with a client for each service that it looks at; that one is paid for by the restore.
 */
export const largestBundle = 1_024 * 1024;

/** The size of each function's code, in bytes, as it is packaged in a folder; the largest first. */
export async function bundleSizes(folder: string): Promise<{ name: string; bytes: number }[]> {
  const zips = (await readdir(folder)).filter((file) => file.endsWith('.zip'));
  const sizes = zips.map(async (zip) => ({
    name: basename(zip, '.zip'),
    bytes: codeSize(unzipSync(await readFile(join(folder, zip)))),
  }));
  return (await Promise.all(sizes)).sort((a, b) => b.bytes - a.bytes);
}

function codeSize(packaged: Record<string, Uint8Array>): number {
  return Object.entries(packaged)
    .filter(([file]) => file.endsWith('.js'))
    .reduce((sum, [, content]) => sum + content.length, 0);
}
