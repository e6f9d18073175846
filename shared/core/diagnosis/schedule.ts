import type { Schedule } from '../../ports/deployment.ts';
import { deploymentChecks } from './checks/deployment.ts';
import { type Finding, finderOf, judged, ok } from './finding.ts';
import { type Observed, seenOf } from './observed.ts';
import { isForRestoresAlone, type Subject, stageOf, target } from './subject.ts';

const found = finderOf(deploymentChecks);

/** The name of the schedule that a deployment makes for a plan. */
export function scheduleName(stage: string, plan: string): string {
  return `tandem-${stage}-${plan}`;
}

/** Whether there is a deployment that the plan could be run by. */
export function judgeDeployment(subject: Subject): Finding {
  const stage = stageOf(subject);
  if ('unseen' in stage && stage.unseen.code === 'NOT_DEPLOYED') {
    return found('DEPLOYMENT', 'missing', { why: stage.unseen.message, region: subject.region });
  }
  return judged('DEPLOYMENT', stage, (name) => ok('DEPLOYMENT', `stage ${name} in ${subject.region}`));
}

/** Whether the backup is started by itself, when the plan says. */
export function judgeSchedule(deployed: Observed<Schedule | undefined>, subject: Subject): Finding {
  const { name, plan } = subject;
  const planned = plan.schedule;
  if (isForRestoresAlone(plan)) return ok('SCHEDULE', 'none: the plan is for restores alone');
  if (planned === undefined && subject.deployed !== undefined) return found('SCHEDULE', 'unplanned', { plan: name });
  return judged('SCHEDULE', deployed, (existing) => {
    const values = { schedule: scheduleName(seenOf(stageOf(subject)) ?? '', name), ...target(subject) };
    if (existing === undefined) return found('SCHEDULE', 'missing', values);
    if (!existing.isEnabled) return found('SCHEDULE', 'disabled', values);
    const text = textOf(existing.expression, existing.timezone);
    if (planned === undefined) return ok('SCHEDULE', text);
    const wanted = textOf(planned.cron, planned.timezone);
    if (text !== wanted) return found('SCHEDULE', 'different', { ...values, deployed: text, planned: wanted });
    return ok('SCHEDULE', text);
  });
}

function textOf(expression: string, timezone: string): string {
  return `${expression} ${timezone}`;
}
