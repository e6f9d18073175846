import type { ErrorCode } from '../../errors/catalogue.ts';

/**
 * What the errors of one request mean to Tandem, by the `type` of the server's error, where it is not the usual meaning.
 * `untyped` stands for a refusal (HTTP 4xx) that no search server gives, since it has no such type.
 */
export type Refusals = Readonly<Record<string, ErrorCode>>;

/** What an error of the search server means. */
export interface Meaning {
  code: ErrorCode;
  /** Where the code's own remedy is not the best one. */
  remedy?: string;
}

interface Rule extends Meaning {
  type: string;
  /** Looked for in the server's reason; without one, every reason will do. */
  reason?: RegExp;
  /** Looked for in the reason and in those below it: what S3 said to the server, for instance. */
  anyReason?: RegExp;
}

const bucketElsewhere = {
  anyReason: /The bucket is in this region/i,
  code: 'REPOSITORY_UNVERIFIED',
  remedy:
    'The bucket is in another region than the domain: set search.repository.settings.endpoint to s3.amazonaws.com, and no region.',
} as const;

/** S3 asks for patience, or cannot be reached from the domain at the moment. */
const storeAway =
  /reduce your request rate|slow ?down|Status Code: 50\d|timed? ?out|timeout|connection (was )?reset|Unable to execute HTTP request/i;

/**
 * What the search server's errors mean, by `error.type`: the HTTP status alone misleads, since one status stands for
 * many things (500 for an index in the way, 400 for a snapshot that runs), and one thing has many statuses (a
 * snapshot that runs is 503, and 409 from OpenSearch 3.0 on). Each was seen from OpenSearch 3.8 and Elasticsearch
 * 7.10, or is in the source of both. The first rule that fits counts.
 */
const rules: readonly Rule[] = [
  { type: 'invalid_snapshot_name_exception', reason: /already (exists|in-progress)/, code: 'SNAPSHOT_EXISTS' },
  { type: 'concurrent_snapshot_execution_exception', code: 'NOT_READY' },
  { type: 'snapshot_in_progress_exception', code: 'NOT_READY' },
  { type: 'illegal_argument_exception', reason: /being (snapshotted|restored)/, code: 'NOT_READY' },
  { type: 'illegal_state_exception', reason: /repository that is currently used/, code: 'NOT_READY' },
  { type: 'snapshot_missing_exception', code: 'SNAPSHOT_NOT_FOUND' },
  { type: 'snapshot_restore_exception', reason: /snapshot does not exist/, code: 'SNAPSHOT_NOT_FOUND' },
  { type: 'repository_missing_exception', code: 'REPOSITORY_NOT_FOUND' },
  { type: 'repository_verification_exception', ...bucketElsewhere },
  { type: 'repository_verification_exception', code: 'REPOSITORY_UNVERIFIED' },
  { type: 'repository_exception', anyReason: /read-?only repository/i, code: 'REPOSITORY_CONFLICT' },
  { type: 'repository_exception', ...bucketElsewhere },
  { type: 'repository_exception', anyReason: storeAway, code: 'SERVICE_UNAVAILABLE' },
  { type: 'snapshot_restore_exception', reason: /same name already exists/, code: 'INDEX_IN_THE_WAY' },
  { type: 'illegal_state_exception', reason: /names need to be unique/, code: 'INDEX_IN_THE_WAY' },
  { type: 'illegal_state_exception', reason: /more than one write index/, code: 'INDEX_IN_THE_WAY' },
  { type: 'invalid_index_name_exception', reason: /already exists as alias/, code: 'INDEX_IN_THE_WAY' },
  { type: 'invalid_alias_name_exception', reason: /exists with the same name/, code: 'INDEX_IN_THE_WAY' },
  { type: 'illegal_argument_exception', reason: /matches an alias/, code: 'INDEX_IN_THE_WAY' },
  { type: 'snapshot_restore_exception', reason: /version/, code: 'ENGINE_TOO_OLD' },
  { type: 'illegal_state_exception', reason: /was created (with|in) .*version/, code: 'ENGINE_TOO_OLD' },
  { type: 'snapshot_exception', reason: /don't have primary shards/, code: 'SNAPSHOT_INCOMPLETE' },
  { type: 'cluster_block_exception', reason: /FORBIDDEN/, code: 'INDEX_BLOCKED' },
  { type: 'index_not_found_exception', code: 'INDEX_VANISHED' },
  { type: 'security_exception', code: 'SEARCH_UNAUTHORIZED' },
];

/** An error of the search server: its own reason, and all that it gives, those below it too. */
interface Refusal {
  type: string;
  reason: string;
  reasons: string[];
}

/** What an error of the search server means; undefined where its status has to tell. */
export function meaningOfRefusal({ type, reason, reasons }: Refusal, refusals: Refusals): Meaning | undefined {
  const own = refusals[type];
  if (own !== undefined) return { code: own };
  return rules.find(
    (rule) =>
      rule.type === type &&
      (rule.reason === undefined || rule.reason.test(reason)) &&
      (rule.anyReason === undefined || reasons.some((each) => rule.anyReason?.test(each))),
  );
}
