import type { CheckSet } from '../check.ts';

export const snapshotRoleChecks = {
  PASS_ROLE: {
    topic: 'role',
    title: 'who registers the repository may pass the snapshot role',
    problems: {
      denied: {
        outcome: 'failed',
        says: '<principal> may not pass the snapshot role <role> to the domain (iam:PassRole).',
        remedy:
          'aws iam put-role-policy --role-name <name> --policy-name pass-snapshot-role --policy-document <policy>',
      },
      deniedUser: {
        outcome: 'failed',
        says: 'The user <principal> may not pass the snapshot role <role> to the domain (iam:PassRole).',
        remedy:
          'aws iam put-user-policy --user-name <name> --policy-name pass-snapshot-role --policy-document <policy>',
      },
    },
  },
  SNAPSHOT_ROLE_TRUST: {
    topic: 'role',
    title: 'the snapshot role trusts the service',
    problems: {
      missing: {
        outcome: 'failed',
        says: 'There is no role <role>.',
        remedy: 'aws iam create-role --role-name <name> --assume-role-policy-document <policy>',
      },
      untrusting: {
        outcome: 'failed',
        says: 'The snapshot role trusts <trusted>, but not es.amazonaws.com: the domain cannot assume it.',
        remedy: 'aws iam update-assume-role-policy --role-name <name> --policy-document <policy>',
      },
      half: {
        outcome: 'warning',
        says: "The snapshot role trusts <trusted> alone: AWS's guides disagree which of two names the domain has, so trust both.",
        remedy: 'aws iam update-assume-role-policy --role-name <name> --policy-document <policy>',
      },
    },
  },
  SNAPSHOT_ROLE_BUCKET: {
    topic: 'role',
    title: 'the snapshot role may use the bucket',
    problems: {
      denied: {
        outcome: 'failed',
        says: 'The policies of the snapshot role do not allow <actions>.',
        remedy: 'aws iam put-role-policy --role-name <name> --policy-name snapshot-bucket --policy-document <policy>',
      },
    },
  },
  SNAPSHOT_ROLE_KEY: {
    topic: 'role',
    title: 'the snapshot role may use the key of the bucket',
    problems: {
      refused: {
        outcome: 'failed',
        says: 'KMS does not let the snapshot role use the key <key> of the bucket: <actions>.',
        remedy:
          'aws iam put-role-policy --role-name <name> --policy-name snapshot-key --policy-document <policy> # and let the policy of the key allow it',
      },
      denied: {
        outcome: 'failed',
        says: 'The policies of the snapshot role do not allow <actions> with the key <key> of the bucket; the policy of the key itself may.',
        remedy: 'aws iam put-role-policy --role-name <name> --policy-name snapshot-key --policy-document <policy>',
      },
    },
  },
} as const satisfies CheckSet;
