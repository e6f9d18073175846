/** Actions that are allowed on everything, because the service knows nothing smaller. By reason. */
export const unscoped: Record<string, string[]> = {
  'lists what there is, and takes no resource': [
    'dynamodb:ListTables',
    'dynamodb:ListBackups',
    'lambda:ListEventSourceMappings',
    'dynamodb:ListContributorInsights',
    'kinesis:ListStreams',
    'application-autoscaling:DescribeScalableTargets',
    'application-autoscaling:DescribeScalingPolicies',
    'application-autoscaling:DescribeScheduledActions',
    'pipes:ListPipes',
    'cloudformation:ListExports',
    'cloudformation:ListImports',
  ],
  'makes something, which has no name before': ['lambda:CreateEventSourceMapping'],
  'is looked at by EC2 before there is an interface; refused to the code of the functions by a condition': [
    'ec2:CreateNetworkInterface',
    'ec2:DescribeNetworkInterfaces',
    'ec2:DescribeSubnets',
    'ec2:DeleteNetworkInterface',
    'ec2:AssignPrivateIpAddresses',
    'ec2:UnassignPrivateIpAddresses',
  ],
  'is how Step Functions sets up its logs, and takes no resource': [
    'logs:CreateLogDelivery',
    'logs:GetLogDelivery',
    'logs:UpdateLogDelivery',
    'logs:DeleteLogDelivery',
    'logs:ListLogDeliveries',
    'logs:PutResourcePolicy',
    'logs:DescribeResourcePolicies',
    'logs:DescribeLogGroups',
  ],
};

type Reasons = Record<string, string[]>;

const functions: Reasons = {
  'Lambda writes the log of a function with its role': ['logs:CreateLogStream', 'logs:PutLogEvents'],
};

const workflows: Reasons = {
  ...functions,
  'only tables with provisioned throughput are scaled, and those of the application here have none': [
    'application-autoscaling:DescribeScalableTargets',
    'application-autoscaling:DescribeScalingPolicies',
    'application-autoscaling:DescribeScheduledActions',
  ],
  'DynamoDB demands it of whoever asks for the Kinesis data streams of a table': [
    'kinesis:DescribeStream',
    'kinesis:DescribeStreamSummary',
  ],
};

const passRole: Reasons = {
  'the domain asks whether the caller may pass the role when a repository is registered': ['iam:PassRole'],
};

/** Actions that a role needs though no call of the functions that work with it shows it, by role and reason. */
export const unseen: Readonly<Record<string, Reasons>> = {
  BackupRole: {
    ...workflows,
    ...passRole,
    'without it S3 answers 403 for an object that does not exist, instead of 404': ['s3:ListBucket'],
  },
  RestoreRole: {
    ...workflows,
    'the scaling of a table is put back where it is scaled, and its alarms are made with the same permissions': [
      'application-autoscaling:RegisterScalableTarget',
      'application-autoscaling:PutScalingPolicy',
      'application-autoscaling:PutScheduledAction',
      'cloudwatch:PutMetricAlarm',
      'cloudwatch:DescribeAlarms',
      'cloudwatch:DeleteAlarms',
    ],
    'DynamoDB demands it of whoever puts the Kinesis data streams of a table back': [
      'kinesis:ListStreams',
      'kinesis:PutRecords',
    ],
    'the emulator keeps Contributor Insights when a table is deleted, so that there is nothing to put back': [
      'dynamodb:UpdateContributorInsights',
    ],
    'a trigger that is made with tags is tagged with the same call': ['lambda:TagResource'],
    'no stack here exports the ARN of a stream whose users could be listed': ['cloudformation:ListImports'],
    'no restore of the tests that are deployed goes to a point in time': ['dynamodb:RestoreTableToPointInTime'],
    'DynamoDB demands it of whoever restores a table': [
      'dynamodb:DeleteItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
      'dynamodb:UpdateItem',
    ],
    'DynamoDB uses the key of a table with the permissions of whoever restores it': [
      'kms:Decrypt',
      'kms:Encrypt',
      'kms:ReEncryptFrom',
      'kms:ReEncryptTo',
      'kms:GenerateDataKey',
      'kms:GenerateDataKeyWithoutPlaintext',
      'kms:DescribeKey',
      'kms:CreateGrant',
    ],
  },
  /** The domain may be set up already here, and has no fine-grained access control. */
  SetupRole: {
    ...functions,
    ...passRole,
    'registers the repository and makes the security role where they are not as they should be': ['es:ESHttpPut'],
    'maps principals to the security roles of a domain with fine-grained access control': ['es:ESHttpPatch'],
    'takes a registration back that turns out not to work': ['es:ESHttpDelete'],
  },
};
