import type { CheckSet } from '../check.ts';

export const alertsChecks = {
  ALERT_SUBSCRIPTIONS: {
    topic: 'alerts',
    title: 'somebody is told of a failure',
    problems: {
      noTopic: {
        outcome: 'failed',
        says: 'There is no topic <topic>: the failure of a run is told to nobody.',
        remedy: 'npm run deploy -- --stage <stage> --region <region> # or correct alerts.topic',
      },
      nobody: {
        outcome: 'warning',
        says: 'Nobody subscribes to <topic>.',
        remedy: 'aws sns subscribe --topic-arn <topic> --protocol email --notification-endpoint you@example.org',
      },
      unconfirmed: {
        outcome: 'failed',
        says: 'Nobody has confirmed a subscription to <topic>; asked were: <addresses>.',
        remedy:
          'for address in <addresses>; do aws sns subscribe --topic-arn <topic> --protocol email --notification-endpoint "$address"; done # sends the mail again; follow the link in it',
      },
      partlyUnconfirmed: {
        outcome: 'warning',
        says: 'These have not confirmed their subscription to <topic>: <addresses>.',
        remedy:
          'for address in <addresses>; do aws sns subscribe --topic-arn <topic> --protocol email --notification-endpoint "$address"; done # sends the mail again; follow the link in it',
      },
      lost: {
        outcome: 'failed',
        says: 'Nobody subscribes to <topic>, not even the addresses of the plan file: <addresses>. A subscription that is not confirmed in time is removed.',
        remedy:
          'for address in <addresses>; do aws sns subscribe --topic-arn <topic> --protocol email --notification-endpoint "$address"; done # then follow the link in the mail',
      },
      unsubscribed: {
        outcome: 'warning',
        says: 'The plan file names addresses that do not subscribe to <topic>: <addresses>.',
        remedy:
          'for address in <addresses>; do aws sns subscribe --topic-arn <topic> --protocol email --notification-endpoint "$address"; done',
      },
    },
  },
  ALARM_ACTIONS: {
    topic: 'alerts',
    title: 'the alarms tell somebody',
    problems: {
      none: {
        outcome: 'warning',
        says: 'There is no alarm whose name begins with <prefix>: a backup that never starts goes unnoticed.',
        remedy: 'npm run deploy -- --stage <stage> --region <region>',
      },
      silent: {
        outcome: 'failed',
        says: 'These alarms have no action: <alarms>.',
        remedy: 'npm run deploy -- --stage <stage> --region <region>',
      },
      disabled: {
        outcome: 'failed',
        says: 'The actions of these alarms are switched off: <alarms>.',
        remedy: 'aws cloudwatch enable-alarm-actions --alarm-names <alarms>',
      },
    },
  },
} as const satisfies CheckSet;
