import type { Observed } from '../../shared/core/diagnosis/observed.ts';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import type { Executions } from '../../shared/ports/executions.ts';
import { diagnose } from '../../shared/steps/diagnose.ts';
import { observe } from '../../shared/steps/diagnosis/observe.ts';
import { choosePlan, readPlanFile } from '../chosen-plan.ts';
import { findStateMachine } from '../deployed/find-state-machine.ts';
import type { DoctorOptions } from '../options.ts';
import type { Answer } from '../output/answer.ts';
import { doctorAnswer } from '../output/doctor-answer.ts';
import type { Surroundings } from '../surroundings.ts';

/** Looks whether the backup of a plan will work tonight, and a restore when it is needed. */
export async function doctor(
  name: string | undefined,
  options: DoctorOptions,
  surroundings: Surroundings,
): Promise<Answer> {
  const found = await readPlanFile(options, surroundings);
  const plan = choosePlan(found, name);
  const { executions, ...ports } = await surroundings.openDiagnosis();
  const deployed = options.local ? undefined : findStage(executions, options.stage);
  return doctorAnswer(plan, await diagnose({ file: found.file, plan, deployed }, ports));
}

/** @throws TandemError STAGE_UNCLEAR; whatever else keeps a stage from being found is a finding */
async function findStage(executions: Executions, stage: string | undefined): Promise<Observed<string>> {
  const found = await observe(async () => (await findStateMachine(executions, 'backup', stage)).stage);
  if (!('unseen' in found) || found.unseen.code !== 'STAGE_UNCLEAR') return found;
  throw new TandemError('STAGE_UNCLEAR', found.unseen.message);
}
