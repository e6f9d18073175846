interface RoleReasons {
  /** Who works with the role. */
  purpose: string;
  /** Why each of its actions is needed; `never` before one that is denied somewhere, and why. */
  actions: Readonly<Record<string, string>>;
}

const logs = 'Lambda writes the log of a function with its role';
const describesTables = "reads a table's keys, indexes and settings";
const listsMissing = 'without it S3 answers 403 for an object that does not exist, instead of 404';
const passesSnapshotRole =
  'the domain asks whether the caller may hand the snapshot role to it, when a repository is registered';
const notRequested =
  "nothing that its work requests, and not to be had from the domain's own policy either; the name of no index starts with `_`";
const readsPassword = "reads the domain's password";
const network = "Lambda puts the functions into the domain's network with their role, before any code of theirs runs";
const deploymentKey = 'catalog and topic are encrypted with that key';

/** What the functions of all roles need. */
const functionActions = {
  'logs:CreateLogStream': logs,
  'logs:PutLogEvents': logs,
  'secretsmanager:GetSecretValue': readsPassword,
  'ec2:CreateNetworkInterface': network,
  'ec2:DescribeNetworkInterfaces': network,
  'ec2:DescribeSubnets': network,
  'ec2:DeleteNetworkInterface': network,
  'ec2:AssignPrivateIpAddresses': network,
  'ec2:UnassignPrivateIpAddresses': network,
};

const looksAtKinesis = 'DynamoDB demands it of whoever asks for the Kinesis data streams of a table';

/** What a backup and a restore have in common. */
const workflowActions = {
  ...functionActions,
  'sns:Publish': 'tells a failed run',
  's3:GetObject': 'reads manifests and the ledger of the run',
  's3:PutObject': 'writes the ledger of the run, and a manifest once',
  's3:ListBucket': listsMissing,
  'dynamodb:ListTables': "finds the plan's tables",
  'dynamodb:ListBackups': 'finds the backups that the run asked for, and looks at all of them with one listing',
  'dynamodb:DescribeTable': describesTables,
  'dynamodb:DescribeTimeToLive': describesTables,
  'dynamodb:DescribeContinuousBackups': describesTables,
  'dynamodb:GetResourcePolicy': describesTables,
  'dynamodb:ListTagsOfResource': describesTables,
  'dynamodb:DescribeKinesisStreamingDestination': 'reads which Kinesis data streams a table sends its changes to',
  'dynamodb:ListContributorInsights': 'reads of which tables and indexes Contributor Insights are on',
  'kinesis:DescribeStream': looksAtKinesis,
  'kinesis:DescribeStreamSummary': looksAtKinesis,
  'lambda:ListEventSourceMappings': 'reads what is triggered by a table',
  'lambda:ListTags': 'reads the tags of what is triggered by a table',
  'application-autoscaling:DescribeScalableTargets': 'reads how a table is scaled',
  'application-autoscaling:DescribeScalingPolicies': 'reads how a table is scaled',
  'application-autoscaling:DescribeScheduledActions': 'reads how a table is scaled',
  'es:ESHttpGet': 'reads indices, aliases, health and snapshots',
  'kms:Decrypt': deploymentKey,
  'kms:GenerateDataKey': deploymentKey,
};

const writesRestored = 'DynamoDB demands the right to read and write the table that a backup is restored to';
const usesKeys =
  'DynamoDB uses the key of a table with the permissions of whoever restores it; with `kmsKey`, catalog and topic have that key';
const putsKinesisBack = 'DynamoDB demands it of whoever has a table send its changes to a Kinesis data stream';
const putsScalingBack = 'puts the scaling of a table back where it is not as it was';
const alarmsOfScaling =
  'Application Auto Scaling makes the alarms of a policy, and demands it of whoever puts the policy';
const readsStreams =
  'finds what names the stream of a table and has to be changed by hand: the restored table has another';
const usesTableKey = 'DynamoDB uses the key of a table with the permissions of whoever restores it';

const callsSteps = 'calls the steps of its workflow';
const deliversLogs = 'Step Functions sets up its own log delivery with the role of the state machine';

const machineActions = {
  'lambda:InvokeFunction': callsSteps,
  'logs:CreateLogDelivery': deliversLogs,
  'logs:GetLogDelivery': deliversLogs,
  'logs:UpdateLogDelivery': deliversLogs,
  'logs:DeleteLogDelivery': deliversLogs,
  'logs:ListLogDeliveries': deliversLogs,
  'logs:PutResourcePolicy': deliversLogs,
  'logs:DescribeResourcePolicies': deliversLogs,
  'logs:DescribeLogGroups': deliversLogs,
};

const snapshotKey = 'the snapshot bucket is encrypted with that key';

/** Why there is each role, and why it may do what it may, by its name in the template; docs/security.md shows it. */
export const roleReasons: Readonly<Record<string, RoleReasons>> = {
  BackupRole: {
    purpose: 'The functions of the backup work with it.',
    actions: {
      ...workflowActions,
      's3:GetObject': 'reads manifests and the ledger of the run; beside a repository, which domain writes there',
      's3:PutObject':
        'writes the ledger of the run, and a manifest once; beside a repository, which domain writes there',
      'dynamodb:CreateBackup': 'takes the backup of a table',
      'es:ESHttpPost': 'counts the documents of indices, and has the domain verify the repository',
      'never es:ESHttpPost': notRequested,
      'es:ESHttpPut': 'registers the repository, and starts the snapshot',
      'never es:ESHttpPut': notRequested,
      'never es:ESHttpPatch': notRequested,
      'never es:ESHttpDelete': notRequested,
      'iam:PassRole': passesSnapshotRole,
    },
  },
  RestoreRole: {
    purpose: 'The functions of the restore work with it.',
    actions: {
      ...workflowActions,
      's3:PutObject':
        'writes the ledger of the run, the plan that was shown, which restore is at work, and the manifest of its safety point once',
      'dynamodb:DescribeTable': `${describesTables}, and counts what the account is changing: its limit is for all of its tables`,
      'dynamodb:CreateBackup': 'takes the backup of a table for the safety point, before it is changed',
      'dynamodb:ListBackups':
        'refuses a restore while one of its tables is being backed up, and looks at the backups of the safety point',
      'lambda:ListTags': 'reads the tags of what is triggered by a table',
      'application-autoscaling:DescribeScalableTargets': 'reads how a table is scaled',
      'application-autoscaling:DescribeScalingPolicies': 'reads how a table is scaled',
      'dynamodb:DescribeBackup': 'makes sure that a backup is there, and is the one that was recorded',
      'dynamodb:RestoreTableFromBackup': 'restores a table, for which DynamoDB asks on the table and on the backup',
      'dynamodb:RestoreTableToPointInTime':
        'restores a table as it was at a moment (--at), for which DynamoDB asks on the live table and on the one that is made',
      'dynamodb:DeleteTable':
        'a table is deleted before it is restored under the same name, and what another one was refilled from once that is proven',
      'dynamodb:BatchGetItem': 'looks up what a table that is refilled has of its backup, and the other way round',
      'dynamodb:UpdateTable':
        'takes deletion protection off, and puts it back, with class, stream, capacity and encryption',
      'dynamodb:UpdateContributorInsights': 'puts Contributor Insights back',
      'dynamodb:EnableKinesisStreamingDestination': 'puts the Kinesis data streams of a table back',
      'dynamodb:PutResourcePolicy':
        'puts the policies of a table and of its stream back, which a table backup does not hold',
      'kinesis:ListStreams': putsKinesisBack,
      'kinesis:PutRecords': putsKinesisBack,
      'lambda:CreateEventSourceMapping': 'makes the triggers of a table again on its new stream',
      'lambda:TagResource': 'a trigger is made with its tags',
      'lambda:UpdateEventSourceMapping':
        'pauses what is triggered by the tables, switches it on again, and what was made again too',
      'lambda:GetFunctionConcurrency':
        'remembers what is reserved for a function that the plan names among its writers',
      'lambda:PutFunctionConcurrency': 'pauses a function that the plan names, and puts back what was reserved for it',
      'lambda:DeleteFunctionConcurrency': 'puts back that nothing was reserved for a function that the plan names',
      'lambda:DeleteEventSourceMapping': 'takes the trigger on the old stream away, which tells nothing any more',
      'application-autoscaling:RegisterScalableTarget': putsScalingBack,
      'application-autoscaling:PutScalingPolicy': putsScalingBack,
      'application-autoscaling:PutScheduledAction': putsScalingBack,
      'cloudwatch:PutMetricAlarm': alarmsOfScaling,
      'cloudwatch:DescribeAlarms': alarmsOfScaling,
      'cloudwatch:DeleteAlarms': alarmsOfScaling,
      'pipes:ListPipes': readsStreams,
      'cloudformation:ListExports': readsStreams,
      'cloudformation:ListImports': readsStreams,
      'dynamodb:UpdateTimeToLive': 'puts TTL back, which a table backup does not hold',
      'dynamodb:UpdateContinuousBackups': 'puts point-in-time recovery back, which a table backup does not hold',
      'dynamodb:TagResource': 'puts tags back, which a table backup does not hold',
      'dynamodb:BatchWriteItem': `${writesRestored}; writes and deletes the items of a refill`,
      'dynamodb:DeleteItem': writesRestored,
      'dynamodb:GetItem': writesRestored,
      'dynamodb:PutItem': writesRestored,
      'dynamodb:Query': writesRestored,
      'dynamodb:Scan': `${writesRestored}; reads both tables of a refill`,
      'dynamodb:UpdateItem': writesRestored,
      'es:ESHttpPost':
        'closes, opens and restores indices, moves aliases, counts documents, and asks why a shard has no place',
      'never es:ESHttpPost': notRequested,
      'es:ESHttpPut':
        'starts the snapshot of the safety point, and sets the replicas of indices and whether the cluster makes indices by itself',
      'never es:ESHttpPut': notRequested,
      'never es:ESHttpPatch': notRequested,
      'es:ESHttpDelete': 'an index is deleted before it is restored under the same name',
      'never es:ESHttpDelete':
        'a snapshot, a document and an alias are paths of the domain as an index is, and a restore has no business with deleting one; the name of no index starts with `_`',
      'kms:Decrypt': usesKeys,
      'kms:Encrypt': usesTableKey,
      'kms:ReEncryptFrom': usesTableKey,
      'kms:ReEncryptTo': usesTableKey,
      'kms:GenerateDataKey': usesKeys,
      'kms:GenerateDataKeyWithoutPlaintext': usesTableKey,
      'kms:DescribeKey': usesTableKey,
      'kms:CreateGrant': usesTableKey,
    },
  },
  SetupRole: {
    purpose: 'The function that sets a domain up from inside its network works with it.',
    actions: {
      ...functionActions,
      'es:ESHttpGet': 'reads the repository, and the security roles and their mappings',
      'es:ESHttpPost': 'has the domain verify the repository',
      'never es:ESHttpPost': notRequested,
      'es:ESHttpPut': 'registers the repository, and makes the security role',
      'never es:ESHttpPut': notRequested,
      'es:ESHttpPatch': 'maps roles to security roles, and leaves other mappings as they are',
      'never es:ESHttpPatch': notRequested,
      'es:ESHttpDelete': 'takes a registration back that turns out not to work',
      'never es:ESHttpDelete': 'deletes no index, and no snapshot, which is a path below its registration',
      'iam:PassRole': passesSnapshotRole,
    },
  },
  SnapshotRole: {
    purpose: 'The domain writes and reads its snapshots with it.',
    actions: {
      's3:ListBucket': 'finds the objects of the repository',
      's3:GetObject': 'reads snapshots',
      's3:PutObject': 'writes snapshots',
      's3:DeleteObject': 'writes over and takes away what no snapshot needs any more; each snapshot does',
      'kms:Decrypt': snapshotKey,
      'kms:GenerateDataKey': snapshotKey,
    },
  },
  ScheduleRole: {
    purpose: 'The Scheduler starts the backups of the plans with it.',
    actions: {
      'states:StartExecution': 'starts the backup',
      'lambda:InvokeFunction': 'measures the age of the newest recovery point',
      'sqs:SendMessage': 'leaves a start that it gave up in the queue, which has an alarm',
      'kms:Decrypt': 'the queue is encrypted with that key',
      'kms:GenerateDataKey': 'the queue is encrypted with that key',
    },
  },
  BackupMachineRole: { purpose: 'The state machine of the backup works with it.', actions: machineActions },
  RestoreMachineRole: { purpose: 'The state machine of the restore works with it.', actions: machineActions },
};
