import type { CheckSet } from '../check.ts';

export const tablesChecks = {
  TABLES_SELECTED: {
    topic: 'tables',
    title: 'the plan selects tables that exist',
    problems: {
      nothing: {
        outcome: 'failed',
        says: 'The plan selects no tables: <why>',
        remedy: 'Correct tables.include, tables.tags or the region.',
      },
    },
  },
  TABLE_DELETION_PROTECTION: {
    topic: 'tables',
    title: 'the tables are protected from deletion',
    problems: {
      off: {
        outcome: 'warning',
        says: 'Anybody who may delete a table can do so by mistake: <tables>.',
        remedy:
          'for table in <tables>; do aws dynamodb update-table --table-name "$table" --deletion-protection-enabled; done',
      },
    },
  },
  TABLE_POINT_IN_TIME_RECOVERY: {
    topic: 'tables',
    title: 'the tables have point-in-time recovery',
    problems: {
      off: {
        outcome: 'warning',
        says: 'Between two nights nothing can be brought back: <tables>.',
        remedy:
          'for table in <tables>; do aws dynamodb update-continuous-backups --table-name "$table" --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true; done',
      },
      offForSome: {
        outcome: 'warning',
        says: 'Between two nights nothing can be brought back: <tables>. <unseen>.',
        remedy:
          'for table in <tables>; do aws dynamodb update-continuous-backups --table-name "$table" --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true; done # then again, for the others',
      },
    },
  },
  TABLE_QUOTA: {
    topic: 'tables',
    title: 'the account may hold more tables',
    problems: {
      near: {
        outcome: 'warning',
        says: 'The account has <tables> tables of the <quota> that it may have.',
        remedy:
          'aws service-quotas request-service-quota-increase --service-code dynamodb --quota-code L-F98FE922 --desired-value <wanted>',
      },
      reached: {
        outcome: 'failed',
        says: 'The account has as many tables as it may have, <quota>: a table that is gone cannot be restored.',
        remedy:
          'aws service-quotas request-service-quota-increase --service-code dynamodb --quota-code L-F98FE922 --desired-value <wanted>',
      },
    },
  },
} as const satisfies CheckSet;
