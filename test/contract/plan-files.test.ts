import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { planFileOnDisk } from '../../shared/adapters/plan-file-on-disk.ts';
import type { PlanFiles } from '../../shared/ports/plan-files.ts';
import { fakePlanFiles } from '../support/fakes/plan-files.ts';

const subjects: { name: string; open(text: string | undefined): Promise<PlanFiles> }[] = [
  { name: 'the fake', open: async (text) => fakePlanFiles(text) },
  {
    name: 'the disk',
    async open(text) {
      const folder = await mkdtemp(join(tmpdir(), 'tandem-'));
      onTestFinished(() => rm(folder, { recursive: true }));
      const path = join(folder, 'tandem.yml');
      if (text !== undefined) await writeFile(path, text);
      return planFileOnDisk(path);
    },
  },
];

describe.each(subjects)('plan files: $name', ({ open }) => {
  it('reads the text, and says how to call the file', async () => {
    const files = await open('version: 1 # ü\n');

    expect(await files.read()).toEqual({ text: 'version: 1 # ü\n', name: expect.stringMatching(/tandem\.yml$/) });
  });

  it('says that the file is missing', async () => {
    const files = await open(undefined);

    await expect(files.read()).rejects.toMatchObject({
      code: 'PLAN_FILE_MISSING',
      message: expect.stringContaining('tandem.yml'),
    });
  });
});
