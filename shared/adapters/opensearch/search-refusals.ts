import type { ErrorCode } from '../../errors/catalogue.ts';

/** What the errors of one request mean to Tandem, by the `type` of the server's error, where it is not the usual meaning. */
export type Refusals = Readonly<Record<string, ErrorCode>>;

interface Rule {
  type: string;
  /** Looked for in the server's reason; without one, every reason will do. */
  reason?: RegExp;
  code: ErrorCode;
}

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
  { type: 'repository_verification_exception', code: 'REPOSITORY_UNVERIFIED' },
  { type: 'snapshot_restore_exception', reason: /same name already exists/, code: 'INDEX_IN_THE_WAY' },
  { type: 'illegal_state_exception', reason: /names need to be unique/, code: 'INDEX_IN_THE_WAY' },
  { type: 'illegal_state_exception', reason: /more than one write index/, code: 'INDEX_IN_THE_WAY' },
  { type: 'invalid_index_name_exception', reason: /already exists as alias/, code: 'INDEX_IN_THE_WAY' },
  { type: 'illegal_argument_exception', reason: /matches an alias/, code: 'INDEX_IN_THE_WAY' },
  { type: 'snapshot_restore_exception', reason: /version/, code: 'ENGINE_TOO_OLD' },
  { type: 'illegal_state_exception', reason: /was created (with|in) .*version/, code: 'ENGINE_TOO_OLD' },
  { type: 'snapshot_exception', reason: /don't have primary shards/, code: 'SNAPSHOT_INCOMPLETE' },
  { type: 'cluster_block_exception', reason: /FORBIDDEN/, code: 'INDEX_BLOCKED' },
  { type: 'index_not_found_exception', code: 'INDEX_VANISHED' },
  { type: 'security_exception', code: 'SEARCH_UNAUTHORIZED' },
];

/** The code of an error of the search server; undefined where its status has to tell. */
export function codeOfRefusal(type: string, reason: string, refusals: Refusals): ErrorCode | undefined {
  const rule = rules.find((each) => each.type === type && (each.reason?.test(reason) ?? true));
  return refusals[type] ?? rule?.code;
}
