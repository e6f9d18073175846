import { parsePlanFile } from '../../shared/core/plan-file.ts';
import { planFileText } from '../../shared/core/plan-file-text.ts';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import { planFilePath } from '../chosen-plan.ts';
import type { Application } from '../init/application.ts';
import { completePlan } from '../init/complete-plan.ts';
import { findApplication } from '../init/find-application.ts';
import { findWebiny } from '../init/find-webiny.ts';
import { type Interview, interview, nothingWritten } from '../init/interview.ts';
import { checkPlace, writeNewFile } from '../init/new-file.ts';
import { interruptible, unlessInterrupted } from '../interruption.ts';
import type { InitOptions } from '../options.ts';
import type { Answer } from '../output/answer.ts';
import { initAnswer } from '../output/init-answer.ts';
import type { Surroundings } from '../surroundings.ts';

/** Writes a plan file for what there is: in the account and region, or of a Webiny application. */
export async function init(options: InitOptions, surroundings: Surroundings): Promise<Answer> {
  const path = planFilePath(options, surroundings);
  await checkPlace(path, options.force);
  const { signals } = surroundings;
  const plan = (signal: AbortSignal) => unlessInterrupted(newPlan(options, surroundings), signal);
  const { application, file } = await interruptible(signals, plan, nothingWritten);
  const text = planFileText(file);
  // Nothing is written that could not be read.
  parsePlanFile(text, path);
  await writeNewFile(path, text, options.force, surroundings);
  return initAnswer(application, file, path);
}

/** Finds out and asks what the file is to say. */
async function newPlan(options: InitOptions, surroundings: Surroundings) {
  const questions = interview(surroundings);
  const application = await find(options, questions, surroundings);
  return { application, file: await completePlan(application, options, questions, surroundings.timeZone) };
}

function find(options: InitOptions, questions: Interview, surroundings: Surroundings): Promise<Application> {
  const { webiny, env, variant } = options;
  if (webiny !== undefined) return findWebiny(webiny, { env, variant }, questions, surroundings);
  if (env === undefined && variant === undefined) return findApplication(options, questions, surroundings);
  throw new TandemError('USAGE', 'An environment or a variant of what?', {
    remedy: 'Name the folder of the Webiny project with --webiny.',
  });
}
