import { judgeAlarms, judgeSubscriptions } from '../../core/diagnosis/alerts.ts';
import type { Finding } from '../../core/diagnosis/finding.ts';
import { type Observed, seen, seenOf, unseen } from '../../core/diagnosis/observed.ts';
import { judgeDeployment, judgeSchedule, scheduleName } from '../../core/diagnosis/schedule.ts';
import { type Subject, stageOf } from '../../core/diagnosis/subject.ts';
import type { AccountIdentity } from '../../ports/account.ts';
import { observeOf } from './observe.ts';
import type { DiagnosisPorts } from './ports.ts';

/** What starts the backup, and who hears of its failure. */
export async function lookAtDeployment(
  subject: Subject,
  caller: Observed<AccountIdentity>,
  { deployment }: Pick<DiagnosisPorts, 'deployment'>,
): Promise<Finding[]> {
  const stage = stageOf(subject);
  const prefix = `tandem-${seenOf(stage) ?? ''}-`;
  const topic = topicOf(subject, stage, caller);
  const [schedule, alarms, subscriptions] = await Promise.all([
    observeOf(stage, (name) => deployment.schedule(scheduleName(name, subject.name))),
    observeOf(stage, () => deployment.alarms(prefix)),
    observeOf(topic, (arn) => deployment.subscriptions(arn)),
  ]);
  return [
    judgeDeployment(subject),
    judgeSchedule(schedule, subject),
    judgeSubscriptions(topic, subscriptions, subject),
    judgeAlarms(alarms, prefix, subject),
  ];
}

/** The plan's own, or that of the deployment. */
function topicOf(
  { plan, region, deployed }: Subject,
  stage: Observed<string>,
  caller: Observed<AccountIdentity>,
): Observed<string> {
  if (plan.alerts.topic !== undefined) return seen(plan.alerts.topic);
  if (deployed === undefined) return unseen('with --local, and without alerts.topic, alerts go to standard error');
  if ('unseen' in stage) return stage;
  if ('unseen' in caller) return caller;
  const { id, partition } = caller.seen;
  return seen(`arn:${partition}:sns:${region}:${id}:tandem-${stage.seen}`);
}
