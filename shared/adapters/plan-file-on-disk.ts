import { readFile } from 'node:fs/promises';
import { reasonOf, TandemError } from '../errors/tandem-error.ts';
import type { PlanFiles } from '../ports/plan-files.ts';

/** A plan file of this machine, or of a function's own package. */
export function planFileOnDisk(path: string): PlanFiles {
  return {
    async read() {
      try {
        return { text: await readFile(path, 'utf8'), name: path };
      } catch (error) {
        throw new TandemError('PLAN_FILE_MISSING', `The plan file ${path} cannot be read: ${reasonOf(error)}.`, {
          cause: error,
        });
      }
    },
  };
}
