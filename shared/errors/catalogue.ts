/**
 * The names that Step Functions matches on. They are few, so that a state machine can tell at a glance what to retry;
 * the code says which failure it was.
 */
export const errorNames = [
  'TransientError',
  'InvalidRequestError',
  'GuardRefusedError',
  'ConflictError',
  'IncompleteBackupError',
  'DeadlineExceededError',
  'ProviderFailureError',
  'VerificationFailedError',
] as const;

export type ErrorName = (typeof errorNames)[number];

interface CatalogueEntry {
  name: ErrorName;
  /** When it happens, for docs/errors.md. */
  when: string;
  /** What to do about it, in a sentence; the place that throws may give one that knows more. */
  remedy: string;
}

/** For an error that goes away by itself: it may be told of a step that is tried again, or of a run that ended with it. */
function triedAgain(whatElse: string): string {
  return `Try again in some minutes; where that is not enough, ${whatElse}. A run has tried for minutes by itself: one that failed is carried on with the command in its report or alert.`;
}

/** Every error code of Tandem. docs/errors.md is generated from it. */
export const errorCatalogue = {
  PLAN_FILE_MISSING: {
    name: 'InvalidRequestError',
    when: 'The plan file is not where it was looked for.',
    remedy: 'Make one with `npx tandem init`, go to the folder that holds it, or name it with --config FILE.',
  },
  PLAN_FILE_INVALID: {
    name: 'InvalidRequestError',
    when: 'The plan file is not YAML, or has an unknown key, a wrong type or a value that cannot work.',
    remedy: 'Correct the line that is named; README.md shows a whole plan file.',
  },
  NAME_TAKEN: {
    name: 'InvalidRequestError',
    when: 'A bucket or a role that the deployment would make is there already, and this deployment did not make it.',
    remedy: 'Say in the plan file that it exists, delete it where nobody needs it, or choose another name.',
  },
  PLAN_FILE_EXISTS: {
    name: 'InvalidRequestError',
    when: 'A plan file would be written where there is one already.',
    remedy: 'Name another file with --config FILE, or have this one replaced with --force.',
  },
  PLAN_FILE_UNWRITABLE: {
    name: 'InvalidRequestError',
    when: 'The plan file cannot be written where it is to be.',
    remedy: 'Name a file in a folder that exists and may be written to, with --config FILE.',
  },
  WEBINY_STATE_MISSING: {
    name: 'InvalidRequestError',
    when: 'There is no deployed Webiny where it was looked for, or none of the environment that was asked for.',
    remedy:
      'Name the folder of the Webiny project, in which .pulumi/apps/core is, or a state file; where Pulumi keeps the state elsewhere, a file that holds what `yarn webiny output core --env ... --json` answers. Or deploy Webiny first.',
  },
  WEBINY_STATE_UNUSABLE: {
    name: 'InvalidRequestError',
    when: "The state of Webiny's deployment is not that of its core application, or is not whole.",
    remedy:
      'Name the state file of the core application; where a deployment was cut off, have it end (`yarn webiny deploy core --env ...`).',
  },
  PLAN_UNKNOWN: {
    name: 'InvalidRequestError',
    when: 'The plan file holds no plan of the name that was asked for.',
    remedy: 'Use one of the plans of the plan file.',
  },
  USAGE: {
    name: 'InvalidRequestError',
    when: 'The command line or the input of an execution does not make sense.',
    remedy: 'See `tandem <command> --help`, or the inputs in events/.',
  },
  NOT_DEPLOYED: {
    name: 'InvalidRequestError',
    when: 'The account and region hold no state machine of Tandem, or none of the stage that was asked for.',
    remedy:
      'Deploy Tandem (`npm run deploy -- --stage prod`), correct the region or --stage, or run it here with --local.',
  },
  STAGE_UNCLEAR: {
    name: 'InvalidRequestError',
    when: 'Tandem is deployed in more than one stage, and the command does not say which one is meant.',
    remedy: 'Name one with --stage.',
  },
  EXECUTION_EXISTS: {
    name: 'ConflictError',
    when: 'An execution was started under the name of one that has ended, or that does something else.',
    remedy: 'Start it under another name.',
  },
  NOTHING_RUNS: {
    name: 'InvalidRequestError',
    when: 'No run was named to be watched, and none goes on in AWS.',
    remedy:
      'Name the run, as the command that started it or the alert did; `npx tandem list` shows the recovery points.',
  },
  EXECUTION_STOPPED: {
    name: 'ConflictError',
    when: 'Somebody stopped an execution before its end.',
    remedy: 'Carry on with the command below, or start again where there is none.',
  },
  CREDENTIALS_MISSING: {
    name: 'InvalidRequestError',
    when: 'No AWS credentials were found, or they are expired or unknown to AWS.',
    remedy:
      'Sign in (for example `aws sso login`) or set AWS_PROFILE, then try again; for a profile that wants a code (MFA): `eval "$(aws configure export-credentials --format env)" && unset AWS_PROFILE AWS_DEFAULT_PROFILE`. `aws sts get-caller-identity` tells more: it goes by the same settings.',
  },
  REGION_MISSING: {
    name: 'InvalidRequestError',
    when: 'No AWS region is configured.',
    remedy:
      'Set AWS_REGION, for example AWS_REGION=eu-west-1, or the region of the profile that AWS_PROFILE names; one that is not there has none.',
  },
  CATALOG_MISSING: {
    name: 'InvalidRequestError',
    when: 'The catalog bucket of the plan file does not exist.',
    remedy: 'Deploy Tandem, which makes the bucket, or correct catalog.bucket in the plan file.',
  },
  BUCKET_NOT_FOUND: {
    name: 'InvalidRequestError',
    when: 'A bucket that the plan file names does not exist.',
    remedy: 'Make the bucket, or correct the plan file.',
  },
  TABLES_MATCH_NOTHING: {
    name: 'InvalidRequestError',
    when: 'A name, a glob or the tags of a plan match no table.',
    remedy: 'Correct tables.include, tables.tags or the region.',
  },
  INDICES_MATCH_NOTHING: {
    name: 'InvalidRequestError',
    when: 'The index patterns of a plan match no index that may be backed up.',
    remedy: 'Correct search.indices; system indices are always left out.',
  },
  SEARCH_UNREACHABLE: {
    name: 'InvalidRequestError',
    when: 'The search endpoint cannot be reached or resolved at the start of a run, or does not answer.',
    remedy: 'Check search.endpoint and that the domain is up; a domain in a VPC needs the functions in that VPC.',
  },
  SEARCH_NOT_A_CLUSTER: {
    name: 'InvalidRequestError',
    when: 'The search endpoint answers, but not as OpenSearch or Elasticsearch does (for example an HTML page).',
    remedy: 'Check search.endpoint: it must be the address of the domain itself, not of its dashboard or of a proxy.',
  },
  SEARCH_UNAUTHORIZED: {
    name: 'InvalidRequestError',
    when: 'The domain, or the AWS front end before it, does not let the caller do this.',
    remedy: "Give the caller's role the action that is named, and map it to a security role of the domain.",
  },
  SEARCH_NOT_OFFERED: {
    name: 'InvalidRequestError',
    when: 'The managed service, or the server, does not offer the API that was called.',
    remedy: 'Report it: Tandem should call only what the managed service offers.',
  },
  SECURITY_CHANGED: {
    name: 'TransientError',
    when: 'Somebody else changed the role mappings of the domain at the same time.',
    remedy: triedAgain('see who else changes the security of the domain'),
  },
  SECURITY_ROLE_NOT_FOUND: {
    name: 'InvalidRequestError',
    when: 'A security role of the domain is not there any more, or it is hidden from whoever administers the domain.',
    remedy: 'Start the set-up again; a role that is hidden can be mapped in the files of the security plugin alone.',
  },
  SECURITY_RESERVED: {
    name: 'InvalidRequestError',
    when: "Who has a security role of the domain is reserved: only the files of the domain's security plugin change it.",
    remedy: 'Map those who are named to the role in roles_mapping.yml, and have securityadmin.sh load it.',
  },
  REPOSITORY_SHARED: {
    name: 'GuardRefusedError',
    when: 'Another domain, or another repository, writes snapshots to the place that the plan names: two writers corrupt it.',
    remedy: 'Give search.repository another basePath, or only read there: settings: { readonly: true }.',
  },
  SNAPSHOT_BUCKET_MISSING: {
    name: 'InvalidRequestError',
    when: 'The bucket that the snapshots of a plan go to does not exist.',
    remedy: 'Make the bucket, or correct search.repository.bucket in the plan file.',
  },
  PRINCIPAL_UNKNOWN: {
    name: 'InvalidRequestError',
    when: 'A role or user that is to work with a domain does not exist in IAM.',
    remedy: 'Correct --role-arn, or deploy Tandem, which makes its roles.',
  },
  POLICY_UNREADABLE: {
    name: 'ProviderFailureError',
    when: 'The access policy of a domain is not one that Tandem can read, and so not one that it may add to.',
    remedy: 'Add the statement that is shown by hand.',
  },
  REPOSITORY_CONFLICT: {
    name: 'InvalidRequestError',
    when: 'A snapshot repository of the same name is registered with another type, bucket, base path or endpoint, or read-only.',
    remedy:
      'Give search.repository another name, or remove that registration if nothing uses it: Tandem never re-points a repository, nor makes a read-only one writable.',
  },
  REPOSITORY_UNVERIFIED: {
    name: 'ProviderFailureError',
    when: 'The snapshot repository is registered, but the domain cannot write to it.',
    remedy: 'Check the bucket, the snapshot role, its trust policy and its permissions.',
  },
  ACCESS_DENIED: {
    name: 'ProviderFailureError',
    when: 'AWS refuses a call because no policy allows it.',
    remedy: 'Allow the action that is named to whoever is named: the role of the workflow, or you.',
  },
  THROTTLED: {
    name: 'TransientError',
    when: 'A service asks to be called less often.',
    remedy: triedAgain('see what else calls that service so often'),
  },
  SERVICE_UNAVAILABLE: {
    name: 'TransientError',
    when: 'A service did not answer, or answered that it cannot at the moment.',
    remedy: triedAgain(
      'see what is the matter with that service (where its address is not found: with the region, or the network)',
    ),
  },
  NO_CONNECTION: {
    name: 'TransientError',
    when: 'No connection to the search endpoint came about: refused, not resolved, timed out, or without TLS.',
    remedy: triedAgain('see that the domain is up and can be reached from there'),
  },
  NO_ANSWER: {
    name: 'TransientError',
    when: 'No search server answered at the search endpoint: the connection was cut, or nothing came in time.',
    remedy: triedAgain('see that the domain is up and not overloaded'),
  },
  OUTCOME_UNKNOWN: {
    name: 'TransientError',
    when: 'A call that changes something was cut off, so that it may or may not have happened.',
    remedy: triedAgain('see what is the matter with that service'),
  },
  NOT_READY: {
    name: 'TransientError',
    when: 'A table or an index is in a state in which this call is not possible yet.',
    remedy: triedAgain('see what keeps the table, the index or the repository in that state'),
  },
  TABLE_NOT_FOUND: {
    name: 'InvalidRequestError',
    when: 'A table of the plan does not exist.',
    remedy: 'Correct tables.include, or the region.',
  },
  TABLE_EXISTS: {
    name: 'TransientError',
    when: 'A table of that name exists still, so that the restore cannot make it.',
    remedy: triedAgain('see what keeps the old table from being deleted'),
  },
  TABLE_FOREIGN: {
    name: 'ConflictError',
    when: 'Somebody else made a table of the same name while Tandem was restoring it.',
    remedy: 'Stop whatever makes the table, then carry on with the command below.',
  },
  TABLE_CHANGED: {
    name: 'ConflictError',
    when: 'A table that is refilled, or what it is compared with, was deleted, or deleted and made anew, meanwhile.',
    remedy: 'Undo the restore, or start another one: its plan is another one now.',
  },
  TABLE_PROTECTED: {
    name: 'ConflictError',
    when: 'Deletion protection was switched on for a table after its replacement was confirmed.',
    remedy:
      'If the table is to be replaced still, switch its deletion protection off, then carry on with the command below.',
  },
  BACKUP_NOT_FOUND: {
    name: 'GuardRefusedError',
    when: 'A table backup of the recovery point is gone.',
    remedy: 'Choose another recovery point (`tandem list`).',
  },
  BACKUP_NOT_AVAILABLE: {
    name: 'GuardRefusedError',
    when: 'A table backup of the recovery point is not AVAILABLE.',
    remedy: 'Choose another recovery point (`tandem list`).',
  },
  POINT_IN_TIME_OUT_OF_REACH: {
    name: 'GuardRefusedError',
    when: 'A table cannot be restored to the moment that --at names: it is gone, has no point-in-time recovery, or none that reaches so far.',
    remedy:
      'Name a moment within the window that is told, leave the table out with --exclude, or restore it from its backup: the recovery point (--point) without --at. What a table was like that is deleted is in the backup that DynamoDB makes at its deletion (`<table>$DeletedTableBackup`, 35 days), which the console restores.',
  },
  BACKUP_VANISHED: {
    name: 'IncompleteBackupError',
    when: 'A table backup that this run started does not exist any more.',
    remedy: 'Find out who deletes backups during the run, then start again.',
  },
  SNAPSHOT_INCOMPLETE: {
    name: 'IncompleteBackupError',
    when: 'The snapshot ended PARTIAL or FAILED, with failed shards, without shards or without an index that it should hold.',
    remedy: 'Look at the health of the domain, then start again.',
  },
  SNAPSHOT_FOREIGN: {
    name: 'ConflictError',
    when: 'A snapshot of the name of this run exists, made by something else.',
    remedy: 'Start again: a new run has a new name.',
  },
  SNAPSHOT_VANISHED: {
    name: 'IncompleteBackupError',
    when: 'The snapshot that this run started does not exist any more, or was made again by something else.',
    remedy: 'Find out who deletes snapshots during the run, then start again.',
  },
  SNAPSHOT_NOT_FOUND: {
    name: 'GuardRefusedError',
    when: 'The snapshot of the recovery point, or the one that --snapshot names, is gone or never was.',
    remedy: 'Choose another recovery point (`tandem list`).',
  },
  SNAPSHOT_CHANGED: {
    name: 'GuardRefusedError',
    when: 'The snapshot that is restored from was deleted and made again under the same name.',
    remedy: 'Choose another recovery point (`tandem list`).',
  },
  SNAPSHOT_PARTIAL: {
    name: 'GuardRefusedError',
    when: 'The snapshot that is restored from is not whole: PARTIAL or FAILED, with failed shards, or without an index.',
    remedy: 'Choose another recovery point (`tandem list`), or leave out with --indices what it does not hold.',
  },
  REPOSITORY_NOT_FOUND: {
    name: 'GuardRefusedError',
    when: 'The snapshot repository that is restored from, or that is to be listed, is not registered with the domain.',
    remedy: 'Register it again, which the next backup does by itself, or restore into the domain that has it.',
  },
  REPOSITORY_WRITABLE: {
    name: 'GuardRefusedError',
    when: 'The domain that indices are restored to (--to-endpoint) can write to the repository that the domain of the plan writes to: two writers corrupt it.',
    remedy: 'Register it there read-only, which `tandem setup --to-endpoint URL` does.',
  },
  ENGINE_TOO_OLD: {
    name: 'GuardRefusedError',
    when: 'The engine of the domain cannot read an index of the snapshot.',
    remedy: 'Restore into a domain of the version that is named, or choose another recovery point.',
  },
  CHECK_FAILED: {
    name: 'GuardRefusedError',
    when: 'A check of `tandem doctor`, made at the start of a run, found what would make the run fail later, or do harm.',
    remedy: 'Look the check up in docs/checks.md; `tandem doctor` makes all of them.',
  },
  RECOVERY_POINT_NOT_FOUND: {
    name: 'GuardRefusedError',
    when: 'The catalog holds no recovery point of that name, or none of the plan at all.',
    remedy: 'See `tandem list` for what there is.',
  },
  RECOVERY_POINT_CHANGED: {
    name: 'GuardRefusedError',
    when: "The manifest's hash does not match what it says: it was changed after it was written.",
    remedy: 'Choose another recovery point; the bucket keeps the earlier versions of this manifest.',
  },
  RECOVERY_POINT_OF_ANOTHER_PLAN: {
    name: 'GuardRefusedError',
    when: 'The recovery point belongs to another plan.',
    remedy: 'Name the plan that the recovery point belongs to, or choose another recovery point.',
  },
  NOTHING_TO_RESTORE: {
    name: 'GuardRefusedError',
    when: 'The globs given to a restore match nothing in the recovery point.',
    remedy: 'See `tandem show` for the tables and indices of the recovery point.',
  },
  NOT_CONFIRMED: {
    name: 'GuardRefusedError',
    when: 'A restore was neither confirmed with --yes nor with the hash of its plan, or a set-up not with --yes.',
    remedy: 'Look at the plan, then give its hash as planHash, or --plan-hash, or --yes.',
  },
  PLAN_CHANGED: {
    name: 'GuardRefusedError',
    when: 'What a restore or a set-up would do is not what was confirmed any more.',
    remedy: 'Look at the plan again, and confirm its new hash.',
  },
  RESTORE_REFUSED: {
    name: 'GuardRefusedError',
    when: 'Several things are in the way of a restore; each is listed with its own code and remedy.',
    remedy: 'Do what stands beside each of them, then try again.',
  },
  TABLE_BUSY: {
    name: 'GuardRefusedError',
    when: 'A table that would be replaced or refilled is being made, restored, changed or deleted.',
    remedy: 'Wait until every table that is named is ACTIVE, or gone, then try again.',
  },
  BACKUP_RUNNING: {
    name: 'GuardRefusedError',
    when: 'A table that would be replaced is being backed up: DynamoDB deletes no table meanwhile.',
    remedy: 'Wait until the backup is AVAILABLE, then try again.',
  },
  SNAPSHOT_RUNNING: {
    name: 'GuardRefusedError',
    when: 'A snapshot is running in the domain: indices that it takes cannot be deleted meanwhile.',
    remedy: 'Wait until the snapshot has ended, then try again.',
  },
  TABLE_OPERATIONS_LIMIT: {
    name: 'GuardRefusedError',
    when: 'The account changes, or restores, as many tables at the same time as DynamoDB allows: 500, or 50 restores.',
    remedy: 'Wait until others have ended, then try again.',
  },
  RESTORE_IN_PROGRESS: {
    name: 'GuardRefusedError',
    when: 'Another restore of the same plan is at work, or was killed before it could say that it has ended.',
    remedy:
      'Wait until it has ended, or carry on with it; where it is certainly dead, take over from it with --take-over RUN.',
  },
  SHARD_LIMIT: {
    name: 'GuardRefusedError',
    when: 'The domain takes fewer shards (cluster.max_shards_per_node for each data node) than it would have after the restore.',
    remedy:
      'Delete indices that nobody needs, add a data node, raise cluster.max_shards_per_node, or restore fewer indices (--indices).',
  },
  DISK_ROOM: {
    name: 'GuardRefusedError',
    when: 'The data nodes of the domain have less room below their high watermark than the restored indices take.',
    remedy:
      'Delete indices that nobody needs, give the domain more storage or another data node, or restore fewer indices (--indices).',
  },
  DATA_STREAM_CLASH: {
    name: 'GuardRefusedError',
    when: 'A data stream has the name of a restored index or alias, or holds an index that would be replaced.',
    remedy: 'Delete the data stream that is named if nobody needs it, or leave the index out with --indices.',
  },
  TARGET_IN_USE: {
    name: 'GuardRefusedError',
    when: 'A table or an index exists under a name that a restored one is to get beside those that are there.',
    remedy:
      'Delete what is named if nobody needs it, or give other names: tables with --suffix, indices with --rename.',
  },
  KEYS_DIFFER: {
    name: 'GuardRefusedError',
    when: 'A table that is to be refilled has another key than it had: the items of the backup do not fit into it.',
    remedy:
      'Replace it (--table-strategy=replace), restore it under another name (--table-strategy=beside), or leave it out with --exclude.',
  },
  INDEX_NAME_UNFIT: {
    name: 'GuardRefusedError',
    when: 'The server takes no index of a name that a restored one is to get beside those that are there.',
    remedy: 'Give another template of names with --rename, or restore the index by another strategy.',
  },
  SHARDS_DIFFER: {
    name: 'GuardRefusedError',
    when: 'An index that is to be closed and restored over has another number of primary shards than it had.',
    remedy: 'Restore the index by another strategy, such as --index-strategy=replace, or leave it out with --exclude.',
  },
  OLD_CANNOT_STAY: {
    name: 'GuardRefusedError',
    when: 'Old indices are to be kept, and the name of one becomes an alias of the index that is swapped in.',
    remedy: 'Leave --keep-old out: the safety point holds what there was.',
  },
  SWAP_WITHHELD: {
    name: 'VerificationFailedError',
    when: 'Indices that were restored beside the live ones do not hold what was recorded, so that they were not swapped in.',
    remedy:
      'The live indices were not touched. Look at what is named, then carry on with the command below, or undo the restore to remove what was restored.',
  },
  SAFETY_POINT_IMPOSSIBLE: {
    name: 'GuardRefusedError',
    when: 'What a restore would delete or replace cannot be saved before: the repository of the plan is not registered, not its own or read-only, or an index has lost a primary shard.',
    remedy:
      'Run `tandem setup` to register the repository, mend or leave out what is named, or do without an undo: --no-safety-point.',
  },
  WRITER_NOT_FOUND: {
    name: 'GuardRefusedError',
    when: 'A function that the plan names among its writers does not exist.',
    remedy: 'Correct writers.functions in the plan file, or take the function out of it, then deploy again.',
  },
  WRITERS_NOT_PAUSED: {
    name: 'ProviderFailureError',
    when: 'What writes to the tables and indices of the plan could not be paused, so that nothing was touched.',
    remedy: 'Look at what Lambda says of each, then carry on with the command below.',
  },
  WRITERS_NOT_RESUMED: {
    name: 'ProviderFailureError',
    when: 'Writers that a restore had paused could not be put back as they were.',
    remedy:
      'Look at what Lambda says of each, and put them back with `tandem restore <plan> --resume-writers <run>`: until then the application misses what they write.',
  },
  LEDGER_CHANGED: {
    name: 'TransientError',
    when: 'Another delivery of the same step wrote to the ledger of the run at the same time.',
    remedy: triedAgain('see that no other execution works on the same run'),
  },
  RUN_GOES_ON: {
    name: 'InvalidRequestError',
    when: 'The writers of a restore are to be put back that is at work still, and puts them back itself at its end.',
    remedy: 'Wait for it (`tandem watch <run>`), or stop its execution first.',
  },
  RUN_UNKNOWN: {
    name: 'InvalidRequestError',
    when: 'The run that is to be carried on, or watched, is neither in the catalog nor in Step Functions.',
    remedy: 'Look at the run id in the alert, or start anew without it. Runs are forgotten after 90 days.',
  },
  INDEX_VANISHED: {
    name: 'IncompleteBackupError',
    when: 'An index that the run was to back up was deleted before its snapshot was started.',
    remedy: 'Start again: it takes the indices that there are then.',
  },
  GLOBAL_TABLE: {
    name: 'GuardRefusedError',
    when: 'A table that would be replaced is a global table: deleting it would cut it off from its replicas.',
    remedy:
      'Refill it in place (--table-strategy=refill), restore it under another name (--table-strategy=beside), or leave it out with --tables.',
  },
  ALIAS_CLASH: {
    name: 'GuardRefusedError',
    when: 'An index exists under a name that is an alias in the recovery point, or the other way round, or an alias would have two write indices.',
    remedy: 'Delete or rename what is named, or take the alias off it, then try again.',
  },
  UNEXPECTED: {
    name: 'ProviderFailureError',
    when: 'A step ended in a way that Tandem does not know: a crash, a limit of Lambda or of Step Functions.',
    remedy: 'Look at the log of the step, then carry on with the command below.',
  },
  SOURCE_LOST: {
    name: 'ConflictError',
    when: 'What a restore restores from went away, or was changed, after the restore had begun.',
    remedy: 'Restore another recovery point (`tandem list`): what this one was to bring back may be deleted already.',
  },
  SOURCE_UNREADABLE: {
    name: 'ConflictError',
    when: 'What a restore restores from is there, but cannot be read any more since the restore had begun.',
    remedy: 'Make it readable again as the message says, then carry on with the command below.',
  },
  DATA_STREAM: {
    name: 'InvalidRequestError',
    when: 'The index patterns of a plan match a data stream, or an index that holds one, which is not a backup of the stream.',
    remedy: 'Name the data streams in search.indices.exclude; they are not supported yet.',
  },
  RECOVERY_FAILED: {
    name: 'ProviderFailureError',
    when: 'A shard could not be restored from the snapshot.',
    remedy: 'Look at the reason that is named, then carry on with the command below: the indices are restored again.',
  },
  SERVICE_NOT_OFFERED: {
    name: 'ProviderFailureError',
    when: 'The endpoint does not know the service that was asked, as some emulators do not.',
    remedy: 'Nothing on AWS itself; with an emulator, do without what needs that service.',
  },
  SECRET_UNREADABLE: {
    name: 'InvalidRequestError',
    when: 'The secret with the password of the domain does not exist, or may not be read.',
    remedy: 'Correct search.auth.secret or --master-secret, or allow secretsmanager:GetSecretValue on it.',
  },
  SNAPSHOT_EXISTS: {
    name: 'ConflictError',
    when: 'A snapshot of that name exists or is in progress.',
    remedy: 'Start again: a new run has a new name.',
  },
  INDEX_IN_THE_WAY: {
    name: 'ConflictError',
    when: 'An index or an alias of a name that is being restored was made by somebody else meanwhile.',
    remedy: 'Stop whatever writes to that name, then carry on with the command below.',
  },
  INDEX_PROTECTED: {
    name: 'GuardRefusedError',
    when: 'An index that would be replaced has a block (index.blocks.read_only, index.blocks.metadata) that forbids its deletion.',
    remedy: 'If the index is to be replaced, take the block off it, then try again; or leave it out with --indices.',
  },
  INDEX_BLOCKED: {
    name: 'ConflictError',
    when: 'A block that somebody set on an index (index.blocks.read_only, index.blocks.metadata) forbids what is to be done to it.',
    remedy: 'Take the block off the index that is named, then carry on with the command below.',
  },
  PROVIDER_FAILURE: {
    name: 'ProviderFailureError',
    when: 'A service answered with an error that Tandem does not know.',
    remedy: "Look at the service's own message, then carry on with the command below.",
  },
  DEADLINE_EXCEEDED: {
    name: 'DeadlineExceededError',
    when: 'The run did not end within the deadline of its plan.',
    remedy:
      'Look at what was pending, give the plan a longer deadline if it needs one, then carry on with the command below.',
  },
  DIFFERENCES_FOUND: {
    name: 'VerificationFailedError',
    when: 'After a restore, something is not as the manifest says.',
    remedy: 'Look at each difference; restore again, or put the setting back by hand.',
  },
  SANDBOX_PYTHON_MISSING: {
    name: 'InvalidRequestError',
    when: 'The sandbox finds no Python that is new enough and can make virtual environments.',
    remedy:
      'Install Python 3.10 or newer with its venv module (python3-venv on Debian and Ubuntu), as python3 on the PATH.',
  },
  SANDBOX_JAVA_MISSING: {
    name: 'InvalidRequestError',
    when: 'The sandbox finds no Java that is new enough for its search engine.',
    remedy: 'Install a JDK 21 or newer, for example Eclipse Temurin, and set JAVA_HOME to it.',
  },
  SANDBOX_DOWNLOAD_FAILED: {
    name: 'InvalidRequestError',
    when: 'A part of the sandbox could not be downloaded, or is not what its pinned hash says.',
    remedy: 'Check the network and try again: nothing half-made is left, and what is complete is kept.',
  },
  SANDBOX_PORT_TAKEN: {
    name: 'InvalidRequestError',
    when: 'Something listens already on every port that a part of the sandbox could use.',
    remedy: 'Stop what listens there, then try again: the sandbox takes any port of these that is free.',
  },
  SANDBOX_PART_FAILED: {
    name: 'InvalidRequestError',
    when: 'A part of the sandbox ended while it started, or did not get ready in time.',
    remedy: 'Look at the end of its log above; more free memory may help. Then try again.',
  },
  SANDBOX_DEPLOYMENT_FAILED: {
    name: 'ProviderFailureError',
    when: 'The service could not be packaged, or not be deployed into the sandbox.',
    remedy:
      'Look at what the Serverless Framework says above; `npm run package` shows whether packaging works by itself.',
  },
  SANDBOX_DEMO_FAILED: {
    name: 'ProviderFailureError',
    when: 'A command of the demo failed in the sandbox.',
    remedy: 'Look at what it says above; `npm run sandbox` keeps the sandbox up to try it by hand.',
  },
} as const satisfies Record<string, CatalogueEntry>;

export type ErrorCode = keyof typeof errorCatalogue;
