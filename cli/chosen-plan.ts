import { resolve } from 'node:path';
import { planFileOnDisk } from '../shared/adapters/plan-file-on-disk.ts';
import { findPlan, parsePlanFile, type ReadPlanFile } from '../shared/core/plan-file.ts';
import { TandemError } from '../shared/errors/tandem-error.ts';
import type { CommonOptions } from './options.ts';
import type { Surroundings } from './surroundings.ts';

/** A plan file that was found to be in order, and where it is. */
export interface FoundPlanFile {
  file: ReadPlanFile;
  /** Absolute. */
  path: string;
}

/** The path of the plan file that --config names, or TANDEM_CONFIG, or else of the one of this folder. */
export function planFilePath({ config }: Pick<CommonOptions, 'config'>, { env }: Pick<Surroundings, 'env'>): string {
  return config ?? env.TANDEM_CONFIG ?? 'tandem.yml';
}

/**
 * Reads the plan file.
 *
 * @throws TandemError PLAN_FILE_MISSING, PLAN_FILE_INVALID
 */
export async function readPlanFile(
  options: Pick<CommonOptions, 'config'>,
  surroundings: Pick<Surroundings, 'env'>,
): Promise<FoundPlanFile> {
  const path = planFilePath(options, surroundings);
  const { text, name } = await planFileOnDisk(path).read();
  return { file: parsePlanFile(text, name), path: resolve(path) };
}

/**
 * The plan that is meant: the one that is named, or the only one that there is.
 *
 * @throws TandemError PLAN_UNKNOWN, or USAGE where none is named and there are several
 */
export function choosePlan({ file }: FoundPlanFile, name: string | undefined): string {
  if (name !== undefined) {
    findPlan(file, name);
    return name;
  }
  const [only, ...others] = Object.keys(file.plans);
  if (only !== undefined && others.length === 0) return only;
  throw new TandemError('USAGE', `Which plan? The plan file holds: ${Object.keys(file.plans).join(', ')}.`, {
    remedy: 'Name the plan after the command.',
  });
}
