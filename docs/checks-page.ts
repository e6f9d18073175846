import { exitCodes } from '../cli/exit-code.ts';
import { checkCodes, checks } from '../shared/core/diagnosis/catalogue.ts';
import { topics } from '../shared/core/diagnosis/check.ts';

/** The actions of IAM that the doctor's calls need, and for what. */
export const doctorActions = [
  'states:ListStateMachines lambda:GetFunctionConfiguration scheduler:GetSchedule',
  'cloudwatch:DescribeAlarms sns:ListSubscriptionsByTopic servicequotas:GetServiceQuota',
  'dynamodb:ListTables dynamodb:DescribeTable dynamodb:DescribeContinuousBackups',
  'dynamodb:ListTagsOfResource (where the plan selects by tags)',
  'iam:GetRole iam:SimulatePrincipalPolicy',
  's3:ListBucket s3:GetObject s3:GetBucketLocation (catalog)',
  's3:GetBucketLocation s3:GetBucketPublicAccessBlock s3:GetBucketPolicyStatus s3:GetBucketPolicy s3:GetBucketAcl',
  's3:GetLifecycleConfiguration s3:GetBucketObjectLockConfiguration s3:GetEncryptionConfiguration (snapshots)',
  'kms:DescribeKey kms:GetKeyPolicy (where the bucket of snapshots has a key)',
  'es:ESHttpGet es:ESHttpPost secretsmanager:GetSecretValue (where the domain has a password)',
];

/** The text of docs/checks.md. */
export function checksPage(): string {
  const intro = [
    '# Checks',
    '',
    '<!-- Made by `npm run docs` from shared/core/diagnosis/checks/. Change it there. -->',
    '',
    '`npx tandem doctor [plan]` makes all of these checks at the same time. Each comes out as ok, warning, failed or not',
    `checked (and says why). Where one failed, the command ends with exit code ${exitCodes.refused}: nothing was touched,`,
    'and a run should not be relied on before that is mended. A warning is advice.',
    '',
    'The doctor changes nothing. One check does more than read: REPOSITORY_VERIFIED has the domain verify its repository, as',
    'every backup does, for which each node writes a small test file to the bucket and removes it again. A domain offers no',
    'other way to tell whether it can write.',
    '',
    'In the remedies `<curl>` stands for curl with what authorizes it: a signature, name and password, or nothing, as the plan',
    'has it for its own requests.',
    '',
    'What it says of permissions comes from the policy simulator of IAM and from the policies of the bucket and of its key.',
    'Where a condition is on what is known only when a call is made, the verification of the repository is what counts.',
    '',
    'It asks with the credentials of whoever runs it, and what he may not ask is not checked. All of it takes:',
    '',
    '```',
    ...doctorActions,
    '```',
    '',
    'At the start of each backup REPOSITORY_WRITABLE and REPOSITORY_ONE_WRITER are checked, and end the run before anything',
    'is started where they fail; CLUSTER_HEALTH and RESTORE_ENDED become warnings of the recovery point. Before a restore',
    'SHARD_LIMIT is checked, with the indices that it makes.',
    '',
  ];
  return [...intro, ...Object.entries(topics).flatMap(([topic, title]) => section(topic, title))].join('\n');
}

function section(topic: string, title: string): string[] {
  const own = checkCodes.filter((code) => checks[code].topic === topic);
  return [
    `## ${title}`,
    '',
    ...own.flatMap((code) => [`### ${code}`, '', `Ok where ${checks[code].title}.`, '', ...problems(code)]),
  ];
}

function problems(code: (typeof checkCodes)[number]): string[] {
  return Object.values(checks[code].problems).flatMap(({ outcome, says, remedy }) => [
    `- **${outcome}**: ${escaped(says)}`,
    '',
    '  ```',
    `  ${remedy}`,
    '  ```',
    '',
  ]);
}

/** What is filled in would be taken for HTML. */
function escaped(text: string): string {
  return text.replaceAll(/<([a-zA-Z]+)>/g, '`<$1>`');
}
