import type { WayToFail as WayName } from '../../../docs/faults/words.ts';
import type { ErrorCode } from '../../../shared/errors/catalogue.ts';
import { TandemError } from '../../../shared/errors/tandem-error.ts';
import type { FaultMoment } from '../fakes/faults.ts';

/** One of the things that a call of a port can come to instead of an answer. */
export interface WayToFail {
  name: WayName;
  when: FaultMoment;
  /** What the caller gets. */
  error: Error;
}

/** Calls that only ask. Every other one is taken for a change, so that a new method is one until it is named here. */
const reads = new RegExp(
  `^(${[
    'planFiles\\.read',
    'tables\\.(list|describe|restorableWindow|tags|pointInTimeRecovery|ownSettings)',
    'backups\\.(list|describe)',
    '(contributorInsights|kinesisDestinations|streamConsumers)\\.(list|tags)',
    'items\\.(scan|count|get)',
    'scaling\\.describe',
    'reservedConcurrency\\.get',
    'streamReferences\\..*',
    'objects\\.(get|list)',
    'indices\\.(engine|clusterUuid|topology|list|dataStreams|describe|uuids|createdAt|aliases|undeletable|recovery|whyUnassigned|setups)',
    'snapshots\\.(repository|repositories|get|list|contents|running|progress)',
    'cluster\\..*',
    'settings\\.read',
  ].join('|')})$`,
);

/** Sent once: whether they were done the service does not tell. */
const onceOnly =
  /^((backups|snapshots|streamConsumers)\.(create|start|restore|restoreToPointInTime)|indices\.changeAliases)$/;

/** The ports of the domain; all others are of AWS. */
const ofDomain = /^(indices|snapshots|cluster|settings)\./;

/** Every way in which a call of this operation can fail: what adapters make of each fault is in docs/faults.md. */
export function waysOf(operation: string): WayToFail[] {
  const isDomain = ofDomain.test(operation);
  const unanswered = onceOnly.test(operation) ? 'OUTCOME_UNKNOWN' : isDomain ? 'NO_ANSWER' : 'SERVICE_UNAVAILABLE';
  const all: WayToFail[] = [
    { name: 'not now', when: 'before', error: failure('THROTTLED', operation) },
    { name: 'not available', when: 'before', error: failure('SERVICE_UNAVAILABLE', operation) },
    { name: 'not yet', when: 'before', error: failure('NOT_READY', operation) },
    { name: 'no answer, not done', when: 'before', error: failure(unanswered, operation) },
    { name: 'no answer, done', when: 'after', error: failure(unanswered, operation) },
    { name: 'refused', when: 'before', error: failure(isDomain ? 'SEARCH_UNAUTHORIZED' : 'ACCESS_DENIED', operation) },
    { name: 'not offered', when: 'before', error: failure('SERVICE_NOT_OFFERED', operation) },
    {
      name: 'not understood',
      when: 'after',
      error: failure(isDomain ? 'SEARCH_NOT_A_CLUSTER' : 'PROVIDER_FAILURE', operation),
    },
    { name: 'cut off', when: 'after', error: new Error(`The process ended at ${operation}.`) },
  ];
  const isOnce = onceOnly.test(operation);
  const impossible: WayName[] = [
    ...(isDomain ? (['not offered'] as const) : []),
    // An answer that is not understood is none, where it is about what must not be done twice.
    ...(isOnce ? (['not understood'] as const) : []),
    // AWS says the same where it is not available.
    ...(isDomain || isOnce ? [] : (['no answer, not done'] as const)),
  ];
  const possible = all.filter(({ name }) => !impossible.includes(name));
  return isRead(operation) ? possible.filter(({ name }) => ofReads.includes(name)) : possible;
}

/** One that only asks leaves nothing behind, answered or not, and has nothing to wait for. */
const ofReads: readonly WayName[] = [
  'not now',
  'not available',
  'no answer, not done',
  'refused',
  'not offered',
  'not understood',
];

function isRead(operation: string): boolean {
  return reads.test(operation);
}

function failure(code: ErrorCode, operation: string): TandemError {
  return new TandemError(code, `${operation} was made to fail`);
}
