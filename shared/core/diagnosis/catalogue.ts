/** The parts of the system that are looked at, in the order in which they are shown. */
export const topics = {
  account: 'Account',
  deployment: 'Deployment',
  alerts: 'Alerts',
  tables: 'Tables',
  domain: 'Search domain',
  security: 'Fine-grained access control',
  repository: 'Snapshot repository',
  role: 'Snapshot role',
  bucket: 'Snapshot bucket',
} as const;

interface Problem {
  /** A failed check means that a backup or a restore will not work, or that its failure will go unnoticed. */
  outcome: 'failed' | 'warning';
  /** What was found; `<name>` stands for what is filled in. */
  says: string;
  /** What to paste, or to write into the plan file. */
  remedy: string;
}

interface Check {
  topic: keyof typeof topics;
  /** What is so where nothing is wrong. */
  title: string;
  problems: Record<string, Problem>;
}

/** Every check of `tandem doctor`, with all that it can find. docs/checks.md is generated from it. */
export const checks = {
  CREDENTIALS: {
    topic: 'account',
    title: 'there are credentials that AWS knows',
    problems: {
      missing: {
        outcome: 'failed',
        says: 'There are no credentials that AWS takes: <why>',
        remedy: 'aws sso login && aws sts get-caller-identity # or: export AWS_PROFILE=...',
      },
      noRegion: { outcome: 'failed', says: 'There is no region: <why>', remedy: 'export AWS_REGION=eu-west-1' },
    },
  },
  ACCOUNT: {
    topic: 'account',
    title: 'the plan file names things of this account',
    problems: {
      another: {
        outcome: 'failed',
        says: 'The credentials are for account <account>, but <places> of the plan file are of account <other>.',
        remedy: 'Use the credentials of account <other> (AWS_PROFILE), or correct the plan file.',
      },
    },
  },
  REGION: {
    topic: 'account',
    title: 'the plan file names things of this region',
    problems: {
      another: {
        outcome: 'failed',
        says: 'The region is <region>, but <places> of the plan file are in <other>.',
        remedy: 'export AWS_REGION=<other>',
      },
    },
  },
  CLOCK: {
    topic: 'account',
    title: 'the clock is right',
    problems: {
      refused: {
        outcome: 'failed',
        says: 'The clock of this machine is <seconds> s <direction>: AWS refuses signatures that are more than 300 s off.',
        remedy: 'sudo timedatectl set-ntp true',
      },
      skewed: {
        outcome: 'warning',
        says: 'The clock of this machine is <seconds> s <direction>.',
        remedy: 'sudo timedatectl set-ntp true',
      },
    },
  },
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
          "aws scheduler get-schedule --name <schedule> --query '{Name:Name,ScheduleExpression:ScheduleExpression,ScheduleExpressionTimezone:ScheduleExpressionTimezone,FlexibleTimeWindow:FlexibleTimeWindow,Target:Target,State:`ENABLED`}' > schedule.json && aws scheduler update-schedule --cli-input-json file://schedule.json",
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
  ENDPOINT: {
    topic: 'domain',
    title: 'the domain is reached',
    problems: {
      unresolved: {
        outcome: 'failed',
        says: 'The name <host> does not exist (DNS): the domain was deleted, or its address is misspelt.',
        remedy: 'aws opensearch list-domain-names # then correct search.endpoint',
      },
      noNameService: {
        outcome: 'failed',
        says: 'The name <host> could not be looked up: the name service (DNS) does not answer.',
        remedy: 'nslookup <host>',
      },
      outsideVpc: {
        outcome: 'failed',
        says: '<host> has a private address, and does not answer here: it is in a VPC that this machine is not in, and the plan puts the functions into none.',
        remedy:
          'Give the plan search.vpc: { subnets: [subnet-...], securityGroups: [sg-...] } of the domain, and deploy; or run this from inside the VPC.',
      },
      outsideVpcLocal: {
        outcome: 'failed',
        says: '<host> has a private address, and does not answer here: it is in a VPC that this machine is not in.',
        remedy:
          'Run this from inside the VPC or through a VPN, or without --local where the functions are in the VPC (search.vpc).',
      },
      securityGroup: {
        outcome: 'failed',
        says: '<host> is in a network that this machine is in as well, but does not answer: its security group lets nothing in from here.',
        remedy:
          'aws ec2 authorize-security-group-ingress --group-id <domainGroup> --protocol tcp --port <port> --source-group <ownGroup>',
      },
      timeout: {
        outcome: 'failed',
        says: '<host> is a public address and does not answer: a firewall on the way, or an access policy by address.',
        remedy: 'Allow connections to <host> at port <port>.',
      },
      refused: {
        outcome: 'failed',
        says: '<host> refuses connections at port <port>: nothing listens there.',
        remedy: 'Correct the port of search.endpoint, or start the domain.',
      },
      noRoute: {
        outcome: 'failed',
        says: 'There is no route to <host>.',
        remedy: 'Check the network of this machine, its VPN and its routes.',
      },
      tls: {
        outcome: 'failed',
        says: 'TLS with <host> fails: <why>',
        remedy:
          'export NODE_EXTRA_CA_CERTS=/path/to/authority.pem # where the certificate is of your own authority; else correct search.endpoint',
      },
      stranger: {
        outcome: 'failed',
        says: 'What answers is no search domain: <why>',
        remedy: 'Give search.endpoint the address of the domain itself, not of its dashboard or of a proxy.',
      },
      unavailable: {
        outcome: 'failed',
        says: 'The domain is reached, but does not answer: <why>',
        remedy: 'aws opensearch describe-domain-health --domain-name <domain>',
      },
    },
  },
  REQUESTS_SIGNED: {
    topic: 'domain',
    title: 'the domain takes the requests for those of a caller that it knows',
    problems: {
      anonymous: {
        outcome: 'failed',
        says: 'The requests are not signed, and the domain takes nothing from anonymous callers: <why>',
        remedy: 'Give the plan search.auth: { type: sigv4 }.',
      },
      signature: {
        outcome: 'failed',
        says: 'The domain does not take the signature: <why>',
        remedy: 'aws sts get-caller-identity # are these the credentials? And are clock and region right?',
      },
      password: {
        outcome: 'failed',
        says: 'The domain does not take the name and password: <why>',
        remedy:
          'aws secretsmanager put-secret-value --secret-id <secret> --secret-string file://password.txt # or correct search.auth.username',
      },
    },
  },
  DOMAIN_ACCESS: {
    topic: 'domain',
    title: 'the access policy of the domain, or that of the caller, lets the caller in',
    problems: {
      denied: {
        outcome: 'failed',
        says: 'AWS does not let the caller in: <why>',
        remedy:
          'Allow es:ESHttpGet, es:ESHttpPost, es:ESHttpPut and es:ESHttpDelete on the domain in the policy of the caller.',
      },
      deniedHere: {
        outcome: 'warning',
        says: 'AWS does not let you in, so that the domain cannot be looked at; the functions have roles of their own: <why>',
        remedy: 'Allow es:ESHttpGet and es:ESHttpPost on the domain in your own policy.',
      },
    },
  },
  INDICES_SELECTED: {
    topic: 'domain',
    title: 'the plan selects indices that exist',
    problems: {
      nothing: {
        outcome: 'failed',
        says: 'The plan selects no indices that can be backed up: <why>',
        remedy: 'Correct search.indices; system indices are always left out.',
      },
    },
  },
  ENGINE_VERSION: {
    topic: 'domain',
    title: 'the engine can read what the recovery points hold',
    problems: {
      tooOld: {
        outcome: 'failed',
        says: '<engine> cannot read what recovery point <point> holds, which was made by <maker>: <indices>.',
        remedy: 'aws opensearch upgrade-domain --domain-name <domain> --target-version <target>',
      },
    },
  },
  CLUSTER_HEALTH: {
    topic: 'domain',
    title: 'the cluster is not red',
    problems: {
      red: {
        outcome: 'failed',
        says: 'The cluster is red: <shards> shards have no place, and an index that lacks a primary cannot be backed up.',
        remedy:
          'curl --aws-sigv4 "aws:amz:<region>:es" --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY" -H "x-amz-security-token: $AWS_SESSION_TOKEN" <endpoint>/_cluster/allocation/explain',
      },
    },
  },
  SHARD_LIMIT: {
    topic: 'domain',
    title: 'the cluster takes more shards',
    problems: {
      near: {
        outcome: 'warning',
        says: 'The cluster has <shards> of the <limit> shards that it takes (cluster.max_shards_per_node <perNode> on <nodes> data nodes).',
        remedy: 'Delete indices that nobody needs, add a data node, or give the indices fewer shards.',
      },
      reached: {
        outcome: 'failed',
        says: 'The cluster has all the shards that it takes, <limit> (cluster.max_shards_per_node <perNode> on <nodes> data nodes): an index that is gone cannot be restored.',
        remedy: 'Delete indices that nobody needs, add a data node, or give the indices fewer shards.',
      },
      tooFew: {
        outcome: 'failed',
        says: 'The restore makes <more> shards beside the <shards> that there are, and the cluster takes <limit>.',
        remedy: 'Delete indices that nobody needs, add a data node, or restore fewer indices (--indices).',
      },
    },
  },
  SECURITY_MAPPING: {
    topic: 'security',
    title: 'a security role is mapped to who runs the workflows',
    problems: {
      missing: {
        outcome: 'failed',
        says: 'No security role of the domain is mapped to <principals>.',
        remedy: 'npx tandem setup <plan>',
      },
    },
  },
  SECURITY_PERMISSIONS: {
    topic: 'security',
    title: 'the security roles allow all that the workflows call',
    problems: {
      lacking: {
        outcome: 'failed',
        says: '<principal> lacks permissions of the domain: <permissions>.',
        remedy: 'npx tandem setup <plan>',
      },
    },
  },
  SECURITY_MAPPING_KIND: {
    topic: 'security',
    title: 'roles are mapped as backend roles, and users as users',
    problems: {
      roleAmongUsers: {
        outcome: 'failed',
        says: 'Security role <securityRole> is mapped to <arn> as a user, but it is a role, which has to be a backend role.',
        remedy: 'npx tandem setup <plan>',
      },
      userAmongRoles: {
        outcome: 'failed',
        says: 'Security role <securityRole> is mapped to <arn> as a backend role, but it is a user, which has to be among the users.',
        remedy: 'npx tandem setup <plan>',
      },
    },
  },
  REPOSITORY_REGISTERED: {
    topic: 'repository',
    title: 'the snapshot repository is registered',
    problems: {
      missing: {
        outcome: 'warning',
        says: 'Repository <repository> is not registered; the first backup registers it.',
        remedy: 'npx tandem setup <plan>',
      },
      gone: {
        outcome: 'failed',
        says: 'Repository <repository> is not registered any more: the recovery points that are in it cannot be restored until it is.',
        remedy: 'npx tandem setup <plan>',
      },
    },
  },
  REPOSITORY_SETTINGS: {
    topic: 'repository',
    title: 'the repository is registered as the plan says',
    problems: {
      elsewhere: {
        outcome: 'failed',
        says: 'Repository <repository> is registered with <registered>, not with bucket "<bucket>" and base path "<basePath>": no run ever re-points a repository.',
        remedy: 'Give search.repository.name another name.',
      },
      different: {
        outcome: 'warning',
        says: 'Repository <repository> is registered with other settings than the plan says: <settings>. The next backup registers it again.',
        remedy: 'npx tandem setup <plan>',
      },
    },
  },
  REPOSITORY_WRITABLE: {
    topic: 'repository',
    title: 'the repository is not read-only',
    problems: {
      readOnly: {
        outcome: 'failed',
        says: 'Repository <repository> is registered read-only: no snapshot can be written to it.',
        remedy:
          'curl --aws-sigv4 "aws:amz:<region>:es" --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY" -H "x-amz-security-token: $AWS_SESSION_TOKEN" -X DELETE <endpoint>/_snapshot/<repository> && npx tandem setup <plan> # if no other domain writes to it',
      },
      planned: {
        outcome: 'failed',
        says: 'The plan has its repository registered read-only: no snapshot can be written to it.',
        remedy: 'Take readonly out of search.repository.settings; for restores alone, use a plan without a schedule.',
      },
    },
  },
  REPOSITORY_ONE_WRITER: {
    topic: 'repository',
    title: 'nothing else writes to the place of the repository',
    problems: {
      registeredTwice: {
        outcome: 'failed',
        says: 'Repository <other> of the same domain writes to s3://<bucket>/<basePath> as well: two writers corrupt what is there.',
        remedy:
          'curl --aws-sigv4 "aws:amz:<region>:es" --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY" -H "x-amz-security-token: $AWS_SESSION_TOKEN" -X DELETE <endpoint>/_snapshot/<other>',
      },
      plannedTwice: {
        outcome: 'failed',
        says: 'Plan <other> writes to s3://<bucket>/<basePath> as well: two writers corrupt what is there.',
        remedy: 'Give each plan a search.repository.basePath of its own.',
      },
      anotherDomain: {
        outcome: 'failed',
        says: 'Recovery point <point> of the domain <other> is in s3://<bucket>/<basePath> as well: two domains that write there corrupt what is there.',
        remedy:
          'Give the plan a new search.repository.name and basePath; register the old place with readonly: true to restore from it.',
      },
      disturbed: {
        outcome: 'failed',
        says: 'The repository is not as the domain left it, so something else writes there: <why>',
        remedy: 'npx tandem setup <plan> # once the other writer is found and stopped, and the registration deleted',
      },
    },
  },
  REPOSITORY_VERIFIED: {
    topic: 'repository',
    title: 'every node of the domain can write to the repository',
    problems: {
      unverified: {
        outcome: 'failed',
        says: 'The domain cannot write to repository <repository>: <why>',
        remedy: 'npx tandem setup <plan> # once what the checks of the snapshot role and the bucket say is mended',
      },
    },
  },
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
  BUCKET_REGION: {
    topic: 'bucket',
    title: 'the bucket is there, in the region of the domain',
    problems: {
      missing: {
        outcome: 'failed',
        says: 'There is no bucket <bucket>.',
        remedy: 'aws s3 mb s3://<bucket> --region <region>',
      },
      another: {
        outcome: 'failed',
        says: 'Bucket <bucket> is in <found>, the domain in <region>.',
        remedy: 'Give search.repository.settings: { endpoint: s3.amazonaws.com }, or use a bucket in <region>.',
      },
    },
  },
  BUCKET_PRIVATE: {
    topic: 'bucket',
    title: 'the bucket is not public',
    problems: {
      public: {
        outcome: 'failed',
        says: 'Bucket <bucket> is public: anybody can read what is in the snapshots.',
        remedy:
          'aws s3api put-public-access-block --bucket <bucket> --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true',
      },
      unblocked: {
        outcome: 'warning',
        says: 'Bucket <bucket> is not public, but nothing keeps it from becoming so.',
        remedy:
          'aws s3api put-public-access-block --bucket <bucket> --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true',
      },
    },
  },
  BUCKET_LIFECYCLE: {
    topic: 'bucket',
    title: 'no rule takes objects of the repository away',
    problems: {
      expires: {
        outcome: 'failed',
        says: 'Rule <rules> of bucket <bucket> deletes objects of the repository: what a later snapshot needs goes with them.',
        remedy:
          'aws s3api get-bucket-lifecycle-configuration --bucket <bucket> > rules.json # take <rules> out of it, then: aws s3api put-bucket-lifecycle-configuration --bucket <bucket> --lifecycle-configuration file://rules.json',
      },
      archives: {
        outcome: 'failed',
        says: 'Rule <rules> of bucket <bucket> moves objects of the repository to Glacier, from where the domain cannot read them.',
        remedy:
          'aws s3api get-bucket-lifecycle-configuration --bucket <bucket> > rules.json # take <rules> out of it, then: aws s3api put-bucket-lifecycle-configuration --bucket <bucket> --lifecycle-configuration file://rules.json',
      },
    },
  },
  BUCKET_OBJECT_LOCK: {
    topic: 'bucket',
    title: 'the bucket does not lock objects',
    problems: {
      retains: {
        outcome: 'failed',
        says: 'Bucket <bucket> locks every object for a while (Object Lock): the domain cannot delete and replace its own files.',
        remedy: `aws s3api put-object-lock-configuration --bucket <bucket> --object-lock-configuration '{"ObjectLockEnabled":"Enabled"}' # or use another bucket`,
      },
      enabled: {
        outcome: 'warning',
        says: 'Bucket <bucket> has Object Lock, without a default retention: an object that somebody locks cannot be replaced by the domain.',
        remedy: 'Use a bucket without Object Lock.',
      },
    },
  },
} as const satisfies Record<string, Check>;

export type Checks = typeof checks;
export type CheckCode = keyof Checks;

function isCheckCode(code: string): code is CheckCode {
  return Object.hasOwn(checks, code);
}

/** In the order in which they are shown. */
export const checkCodes: CheckCode[] = Object.keys(checks).filter(isCheckCode);
