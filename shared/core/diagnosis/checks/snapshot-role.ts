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
      forbidden: {
        outcome: 'failed',
        says: 'A policy of <principal> denies passing the snapshot role <role> to the domain (iam:PassRole).',
        remedy:
          'aws iam list-<kind>-policies --<kind>-name <name> && aws iam list-attached-<kind>-policies --<kind>-name <name> # in one of these is the statement to take out; or it is in the permissions boundary',
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
        remedy:
          'aws iam create-role --role-name <name> --assume-role-policy-document <policy> && aws iam put-role-policy --role-name <name> --policy-name snapshots --policy-document <access>',
      },
      everybody: {
        outcome: 'failed',
        says: 'The snapshot role trusts everybody: who assumes it, from whatever account, can read and delete the snapshots.',
        remedy: 'aws iam update-assume-role-policy --role-name <name> --policy-document <policy>',
      },
      untrusting: {
        outcome: 'failed',
        says: 'The snapshot role trusts <trusted>, but not es.amazonaws.com: the domain cannot assume it.',
        remedy: 'aws iam update-assume-role-policy --role-name <name> --policy-document <policy>',
      },
      unmet: {
        outcome: 'failed',
        says: 'The snapshot role trusts <service> under conditions that do not hold for the domain: <conditions>.',
        remedy: 'aws iam update-assume-role-policy --role-name <name> --policy-document <policy>',
      },
      denied: {
        outcome: 'failed',
        says: 'A statement of the trust policy of the snapshot role denies <service> to assume it.',
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
      forbidden: {
        outcome: 'failed',
        says: 'A policy of the snapshot role denies <actions>.',
        remedy:
          'aws iam list-role-policies --role-name <name> && aws iam list-attached-role-policies --role-name <name> # in one of these is the statement to take out; or it is in the permissions boundary',
      },
      forbiddenThere: {
        outcome: 'failed',
        says: 'The policy of bucket <bucket> denies the snapshot role <actions>.',
        remedy:
          'aws s3api get-bucket-policy --bucket <bucket> --query Policy --output text > policy.json # take the statement out of it, then: aws s3api put-bucket-policy --bucket <bucket> --policy file://policy.json',
      },
    },
  },
  SNAPSHOT_ROLE_KEY: {
    topic: 'role',
    title: 'the snapshot role may use the key of the bucket',
    problems: {
      missing: {
        outcome: 'failed',
        says: 'The key <key> that the bucket is to be encrypted with does not exist: nothing can be written to the bucket.',
        remedy: 'aws kms list-aliases # then: aws s3api put-bucket-encryption, with a key that exists',
      },
      disabled: {
        outcome: 'failed',
        says: 'The key <key> of the bucket is not enabled, but <state>: what is encrypted with it cannot be read.',
        remedy: 'aws kms enable-key --key-id <key>',
      },
      deleted: {
        outcome: 'failed',
        says: 'The key <key> of the bucket is about to be deleted, and with it all that is encrypted with it.',
        remedy: 'aws kms cancel-key-deletion --key-id <key> && aws kms enable-key --key-id <key>',
      },
      refused: {
        outcome: 'failed',
        says: 'KMS does not let the snapshot role use the key <key> of the bucket: <actions>.',
        remedy:
          'aws iam put-role-policy --role-name <name> --policy-name snapshot-key --policy-document <policy> # and let the policy of the key allow it',
      },
      denied: {
        outcome: 'failed',
        says: 'Neither the policies of the snapshot role nor that of the key <key> of the bucket allow <actions>.',
        remedy: 'aws iam put-role-policy --role-name <name> --policy-name snapshot-key --policy-document <policy>',
      },
      forbidden: {
        outcome: 'failed',
        says: 'A policy of the snapshot role denies <actions> with the key <key> of the bucket.',
        remedy:
          'aws iam list-role-policies --role-name <name> && aws iam list-attached-role-policies --role-name <name> # in one of these is the statement to take out; or it is in the permissions boundary',
      },
      forbiddenThere: {
        outcome: 'failed',
        says: 'The policy of the key <key> of the bucket does not let the snapshot role <actions>.',
        remedy:
          'aws kms get-key-policy --key-id <key> --policy-name default --query Policy --output text > policy.json # add <statement>, then: aws kms put-key-policy --key-id <key> --policy-name default --policy file://policy.json',
      },
    },
  },
} as const satisfies CheckSet;
