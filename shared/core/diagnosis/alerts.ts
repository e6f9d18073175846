import type { Alarm, Subscription } from '../../ports/deployment.ts';
import { alertsChecks } from './checks/alerts.ts';
import { type Finding, finderOf, judged, ok } from './finding.ts';
import type { Observed } from './observed.ts';
import { type Subject, target } from './subject.ts';

const found = finderOf(alertsChecks);

/** Whether anybody hears of a failure. */
export function judgeSubscriptions(
  topic: Observed<string>,
  subscriptions: Observed<Subscription[] | undefined>,
  subject: Subject,
): Finding {
  return judged('ALERT_SUBSCRIPTIONS', topic, (arn) =>
    judged('ALERT_SUBSCRIPTIONS', subscriptions, (all) => {
      if (all === undefined) return found('ALERT_SUBSCRIPTIONS', 'noTopic', { topic: arn, ...target(subject) });
      const addresses = all.filter(({ isConfirmed }) => !isConfirmed).map(({ endpoint }) => endpoint);
      if (all.length > 0 && addresses.length === all.length) {
        return found('ALERT_SUBSCRIPTIONS', 'unconfirmed', { topic: arn, addresses });
      }
      const subscribed = all.map(({ endpoint }) => endpoint);
      const unsubscribed = subject.plan.alerts.email.filter((address) => !subscribed.includes(address));
      if (unsubscribed.length > 0) {
        const problem = all.length === 0 ? 'lost' : 'unsubscribed';
        return found('ALERT_SUBSCRIPTIONS', problem, { topic: arn, addresses: unsubscribed });
      }
      if (addresses.length > 0) return found('ALERT_SUBSCRIPTIONS', 'partlyUnconfirmed', { topic: arn, addresses });
      if (all.length === 0) return found('ALERT_SUBSCRIPTIONS', 'nobody', { topic: arn });
      return ok('ALERT_SUBSCRIPTIONS', `${all.length} to ${arn}`);
    }),
  );
}

/** Whether every alarm of the deployment does something when it goes off. */
export function judgeAlarms(alarms: Observed<Alarm[]>, prefix: string, subject: Subject): Finding {
  return judged('ALARM_ACTIONS', alarms, (all) => {
    if (all.length === 0) return found('ALARM_ACTIONS', 'none', { prefix, ...target(subject) });
    const named = (picked: Alarm[]) => ({ alarms: picked.map(({ name }) => name), ...target(subject) });
    const silent = all.filter(({ actions }) => actions.length === 0);
    if (silent.length > 0) return found('ALARM_ACTIONS', 'silent', named(silent));
    const disabled = all.filter(({ areActionsEnabled }) => !areActionsEnabled);
    if (disabled.length > 0) return found('ALARM_ACTIONS', 'disabled', named(disabled));
    return ok('ALARM_ACTIONS', `${all.length} alarms tell somebody`);
  });
}
