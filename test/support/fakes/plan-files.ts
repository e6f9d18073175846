import { TandemError } from '../../../shared/errors/tandem-error.ts';
import type { PlanFiles } from '../../../shared/ports/plan-files.ts';

/** A plan file in memory, or none. */
export function fakePlanFiles(text: string | undefined): PlanFiles {
  return {
    async read() {
      if (text === undefined) throw new TandemError('PLAN_FILE_MISSING', 'There is no tandem.yml.');
      return { text, name: 'tandem.yml' };
    },
  };
}
