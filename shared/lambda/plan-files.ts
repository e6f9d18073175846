import { planFileOnDisk } from '../adapters/plan-file-on-disk.ts';
import type { PlanFiles } from '../ports/plan-files.ts';

/** The plan file that was deployed with the function, or the one that the command line names. */
export function composePlanFiles(): PlanFiles {
  return planFileOnDisk(process.env.TANDEM_CONFIG ?? 'tandem.yml');
}
