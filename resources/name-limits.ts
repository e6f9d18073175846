import type { PlanFile } from '../shared/contracts/plan-file.ts';
import { TandemError } from '../shared/errors/tandem-error.ts';
import { rarePlans } from './recovery-point-alarms.ts';
import { deployedFunctions } from './service.ts';

/** Characters, of a function and of a schedule alike. */
const longestName = 64;

/**
 * Refuses a stage that makes names too long, which the services would say only when half of the deployment is made.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html
 * @see https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html
 * @throws TandemError USAGE
 */
export function refuseLongNames(stage: string, { plans }: PlanFile): void {
  const scheduled = Object.keys(plans).filter((plan) => plans[plan]?.schedule !== undefined);
  const named = [
    ...deployedFunctions.map(({ name }) => ({ what: `function ${name}`, name })),
    ...scheduled.map((name) => ({ what: `schedule of plan ${name}`, name })),
    ...rarePlans(plans).map((name) => ({ what: `second schedule of plan ${name}`, name: `${name}.age` })),
  ];
  for (const { what, name } of named) {
    const whole = `tandem-${stage}-${name}`;
    if (whole.length <= longestName) continue;
    throw new TandemError(
      'USAGE',
      `The ${what} would be called ${whole}: ${whole.length} characters, where AWS takes ${longestName}.`,
      { remedy: 'Give the stage, or the plan, a shorter name.' },
    );
  }
}
