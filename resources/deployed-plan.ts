import { readFileSync } from 'node:fs';
import { isAbsolute, normalize } from 'node:path';
import { parsePlanFile } from '../shared/core/plan-file.ts';
import { TandemError } from '../shared/errors/tandem-error.ts';
import { refuseLongNames } from './name-limits.ts';
import { planResources } from './plan-resources.ts';

/**
 * What serverless.yml takes from the plan file: `tandem.yml`, or the one that the environment names in TANDEM_CONFIG.
 *
 * @param stage under which it is deployed; without it, nobody looks at the names that hold it
 * @throws TandemError PLAN_FILE_MISSING, PLAN_FILE_INVALID, USAGE for a file outside the project or names that are too long
 */
export function deployedPlan(stage?: string) {
  const file = normalize(process.env.TANDEM_CONFIG ?? 'tandem.yml');
  const planFile = parsePlanFile(read(file), file);
  if (stage !== undefined) refuseLongNames(stage, planFile);
  return {
    /** The plan file's path in the project, which is its path in the functions' packages as well. */
    file,
    ...planResources(planFile),
  };
}

function read(file: string): string {
  if (isAbsolute(file) || file.startsWith('..')) {
    throw new TandemError('USAGE', `TANDEM_CONFIG names ${file}: a plan file outside the project cannot be packaged.`, {
      remedy: "Give the plan file's path in the project, for example TANDEM_CONFIG=plans/tandem.yml.",
    });
  }
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new TandemError('PLAN_FILE_MISSING', `There is no plan file ${file} to deploy.`, {
      cause,
      remedy: 'Copy tandem.example.yml to tandem.yml and change it, or name another file in TANDEM_CONFIG.',
    });
  }
}
