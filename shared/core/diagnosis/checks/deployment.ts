import type { CheckSet } from '../check.ts';

export const deploymentChecks = {
  CATALOG: {
    topic: 'deployment',
    title: 'the catalog bucket can be read',
    problems: {
      missing: {
        outcome: 'failed',
        says: 'There is no catalog bucket <bucket>.',
        remedy: 'npm run deploy -- --stage <stage> --region <region>',
      },
      denied: {
        outcome: 'failed',
        says: 'The catalog bucket may not be read: <why>',
        remedy: 'Allow s3:ListBucket on arn:aws:s3:::<bucket> and s3:GetObject on arn:aws:s3:::<bucket>/*.',
      },
    },
  },
  DEPLOYMENT: {
    topic: 'deployment',
    title: 'Tandem is deployed',
    problems: {
      missing: {
        outcome: 'failed',
        says: 'There is nothing that could run the plan: <why>',
        remedy: 'npm run deploy -- --stage prod --region <region>',
      },
    },
  },
  SCHEDULE: {
    topic: 'deployment',
    title: 'a schedule starts the backup',
    problems: {
      unplanned: {
        outcome: 'warning',
        says: 'Plan <plan> has no schedule: nothing starts its backup.',
        remedy: 'Give the plan schedule: { cron: "cron(0 2 * * ? *)", timezone: UTC }, then deploy.',
      },
      missing: {
        outcome: 'failed',
        says: 'There is no schedule <schedule>: nothing starts the backup.',
        remedy:
          'npm run deploy -- --stage <stage> --region <region> # where it was deleted by hand: once without the schedule in the plan file, then with it',
      },
      disabled: {
        outcome: 'failed',
        says: 'Schedule <schedule> is disabled.',
        remedy:
          "aws scheduler get-schedule --name <schedule> --output json --query '{Name:Name,ScheduleExpression:ScheduleExpression,ScheduleExpressionTimezone:ScheduleExpressionTimezone,FlexibleTimeWindow:FlexibleTimeWindow,Target:Target,State:`ENABLED`}' > schedule.json && aws scheduler update-schedule --cli-input-json file://schedule.json",
      },
      different: {
        outcome: 'warning',
        says: 'Schedule <schedule> runs at <deployed>, but the plan file says <planned>.',
        remedy: 'npm run deploy -- --stage <stage> --region <region>',
      },
    },
  },
  RECOVERY_POINT_AGE: {
    topic: 'deployment',
    title: 'there is a recovery point of the last period',
    problems: {
      never: {
        outcome: 'warning',
        says: 'There is no recovery point of plan <plan> yet.',
        remedy: 'npx tandem backup <plan>',
      },
      old: {
        outcome: 'failed',
        says: 'The last recovery point, <point>, is <age> old; the schedule makes one at least every <period>.',
        remedy: 'npx tandem backup <plan>',
      },
    },
  },
  RECOVERY_POINTS_INTACT: {
    topic: 'deployment',
    title: 'every manifest is what was written',
    problems: {
      damaged: {
        outcome: 'failed',
        says: 'The manifests of these recovery points are damaged: <points>.',
        remedy:
          'aws s3api list-object-versions --bucket <bucket> --prefix <prefix> # then copy the version that was written first over it',
      },
    },
  },
  RESTORE_ENDED: {
    topic: 'deployment',
    title: 'the last restore has ended, and left nothing as it was for its time alone',
    problems: {
      atWork: {
        outcome: 'warning',
        says: 'Restore <run> has begun at <since> and not ended: it is at work, or was killed. Paused or changed for its time alone: <left>.',
        remedy:
          '<carryOn> # only where it is not at work any more; where it is not wanted either: --take-over=<run> with the next restore',
      },
      unfinished: {
        outcome: 'failed',
        says: 'Restore <run> has begun at <since> and not ended: it was killed, for none works longer than two days. Paused or changed for its time alone: <left>.',
        remedy: '<carryOn> # where it is not wanted any more: --take-over=<run> with the next restore',
      },
      paused: {
        outcome: 'failed',
        says: 'Restore <run> has ended, but left paused: <writers>. The application misses what they write.',
        remedy: '<resume>',
      },
      settings: {
        outcome: 'warning',
        says: 'Restore <run> has ended, but left settings of the cluster as they were for its time alone: <settings>.',
        remedy: `(<curl> -X PUT <endpoint>/_cluster/settings -H 'content-type: application/json' -d <body>)`,
      },
    },
  },
} as const satisfies CheckSet;
