import type { FaultKind, FaultyService } from '../../sandbox/faults/kinds.ts';
import type { ErrorCode } from '../../shared/errors/catalogue.ts';

/** What a call comes to that fails in one way, at every attempt of its adapter. */
export interface OutcomeOfKind {
  /** Of a call that may be sent again: what it fails with once the attempts are used up. */
  repeatable: ErrorCode;
  /** Of a call that must not be done twice, where the service has such a one: it is sent once. */
  once?: ErrorCode;
  /** True where a call that may be sent again does well if it fails only once. */
  passing: boolean;
}

type Outcomes = Partial<Record<FaultKind, OutcomeOfKind>>;

const unavailable = { repeatable: 'SERVICE_UNAVAILABLE', once: 'OUTCOME_UNKNOWN', passing: true } as const;
const throttled = { repeatable: 'THROTTLED', once: 'THROTTLED', passing: true } as const;
const denied = { repeatable: 'ACCESS_DENIED', once: 'ACCESS_DENIED', passing: false } as const;
const notYet = { repeatable: 'NOT_READY', once: 'NOT_READY', passing: false } as const;
const noAnswer = { repeatable: 'NO_ANSWER', once: 'OUTCOME_UNKNOWN', passing: true } as const;

/** What the SDK and `aws-errors.ts` make of the faults of every AWS service. */
const ofAws = {
  reset: unavailable,
  'lost answer': unavailable,
  throttled,
  unavailable,
  'gateway timeout': unavailable,
  page: { repeatable: 'SERVICE_NOT_OFFERED', once: 'OUTCOME_UNKNOWN', passing: true },
  slow: unavailable,
  half: unavailable,
  denied,
} as const satisfies Outcomes;

/** What each adapter makes of each fault: a contract test asks the real ones. */
export const outcomes: Readonly<Record<FaultyService, Outcomes>> = {
  dynamodb: {
    ...ofAws,
    'in use': { repeatable: 'NOT_READY', passing: false },
    'limit exceeded': { ...notYet, passing: true },
  },
  // Nothing that is written there must not be written twice: each write says what it expects.
  s3: repeatableAlone({ ...ofAws, page: unavailable, half: { ...unavailable, passing: false } }),
  lambda: { ...ofAws, 'in use': notYet },
  opensearch: {
    reset: noAnswer,
    'lost answer': noAnswer,
    throttled,
    unavailable,
    'gateway timeout': unavailable,
    page: { repeatable: 'SEARCH_NOT_A_CLUSTER', once: 'OUTCOME_UNKNOWN', passing: false },
    slow: { ...noAnswer, passing: false },
    half: noAnswer,
    truncated: noAnswer,
    denied: { repeatable: 'SEARCH_UNAUTHORIZED', once: 'SEARCH_UNAUTHORIZED', passing: false },
  },
};

function repeatableAlone(all: Outcomes): Outcomes {
  return Object.fromEntries(Object.entries(all).map(([kind, { once: _, ...outcome }]) => [kind, outcome]));
}
