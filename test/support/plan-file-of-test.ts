import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, inject } from 'vitest';
import { stringify } from 'yaml';
import { catalogBucket, sandboxPlan } from '../../sandbox/plan-file.ts';

const folder = await mkdtemp(join(tmpdir(), 'tandem-plans-'));
afterAll(() => rm(folder, { recursive: true, force: true }));
let written = 0;

/** Writes a plan file, as text or from what it is to hold, which is gone when the tests of the file have ended. */
export async function writePlanFile(content: string | object): Promise<string> {
  written += 1;
  const file = join(folder, `tandem-${written}.yml`);
  await writeFile(file, typeof content === 'string' ? content : stringify(content));
  return file;
}

/** A plan of the same name as its snapshot repository. */
export function planNamed(name: string, parts: { tables: string[]; indices: string[] }) {
  return sandboxPlan(inject('deployed').domain, name, parts);
}

/** What a plan file holds that has these plans. */
export function planFileOf(plans: Record<string, object>) {
  return { version: 1, catalog: { bucket: catalogBucket }, plans };
}
