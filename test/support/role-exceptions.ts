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

/** Actions that a workflow needs though no call of its functions shows it. By reason. */
export const unseen: Record<string, string[]> = {
  'Lambda writes the log of a function with its role': ['logs:CreateLogStream', 'logs:PutLogEvents'],
  'without it S3 answers 403 for an object that does not exist, instead of 404': ['s3:ListBucket'],
  'only tables with provisioned throughput are scaled, and those of the application here have none': [
    'application-autoscaling:DescribeScalableTargets',
    'application-autoscaling:DescribeScalingPolicies',
    'application-autoscaling:DescribeScheduledActions',
    'application-autoscaling:RegisterScalableTarget',
    'application-autoscaling:PutScalingPolicy',
    'application-autoscaling:PutScheduledAction',
  ],
  'Application Auto Scaling makes the alarms of a policy with the permissions of whoever puts the policy': [
    'cloudwatch:PutMetricAlarm',
    'cloudwatch:DescribeAlarms',
    'cloudwatch:DeleteAlarms',
  ],
  'DynamoDB demands it of whoever asks for the Kinesis data streams of a table, or puts them back': [
    'kinesis:DescribeStream',
    'kinesis:DescribeStreamSummary',
    'kinesis:ListStreams',
    'kinesis:PutRecords',
  ],
  'the emulator keeps Contributor Insights when a table is deleted, so that there is nothing to put back': [
    'dynamodb:UpdateContributorInsights',
  ],
  'a trigger that is made with tags is tagged with the same call': ['lambda:TagResource'],
  'no stack here exports the ARN of a stream whose users could be listed': ['cloudformation:ListImports'],
  'the domain asks whether the caller may pass the role when a repository is registered': ['iam:PassRole'],
  'no restore of the tests that are deployed goes to a point in time': ['dynamodb:RestoreTableToPointInTime'],
  'DynamoDB demands it of whoever restores a table': [
    'dynamodb:BatchWriteItem',
    'dynamodb:DeleteItem',
    'dynamodb:GetItem',
    'dynamodb:PutItem',
    'dynamodb:Query',
    'dynamodb:Scan',
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
};

/** The same of the set-up of a domain, which may be set up already here and has no fine-grained access control. By reason. */
export const unseenInSetUp: Record<string, string[]> = {
  'registers the repository and makes the security role where they are not as they should be': ['es:ESHttpPut'],
  'maps principals to the security roles of a domain with fine-grained access control': ['es:ESHttpPatch'],
  'takes a registration back that turns out not to work': ['es:ESHttpDelete'],
};
