import { TandemError } from '../../shared/errors/tandem-error.ts';
import type { FaultMoment, Faults } from './fakes/faults.ts';
import type { World } from './world.ts';

const stores = ['dynamo', 'search', 'buckets', 'readings', 'changes'] as const;

/** One call of a run that nothing troubles, and what goes wrong with it. */
export interface FailingCall {
  store: (typeof stores)[number];
  operation: string;
  target: string;
  /** How many such calls come before it. */
  skip: number;
  when: FaultMoment;
  how: 'in passing' | 'unexpectedly';
}

/** Calls that change something; DynamoDB and the domain do not tell whether they did those of the second kind. */
const changes =
  /^(tables\.(delete|set)|backups\.(create|restore)|snapshots\.(register|start|restore)|indices\.(delete|close|open|changeAliases)|settings\.write|objects\.(create|replace)|streamConsumers\.(create|setEnabled|delete)|reservedConcurrency\.set|scaling\.put|.*\.enable)/;
const onceOnly = /^((backups|snapshots|streamConsumers)\.(create|start|restore)|indices\.changeAliases)$/;

/**
 * Every way in which one call of a run can fail: each in passing, before it is done; and each that changes something also
 * after it was done, in passing and with an error that nobody expects. Of polls that are all the same the first two and the last.
 */
export function failingCalls(world: World): FailingCall[] {
  return stores.flatMap((store) => {
    const faults: Faults<string> = world[store].faults;
    const calls = Map.groupBy(faults.calls, ({ operation, target }) => `${operation} ${target}`);
    return [...calls.values()].flatMap((same) =>
      same.flatMap(({ operation, target }, skip) => {
        const isTold = skip < 2 || skip === same.length - 1;
        return isTold ? waysToFail(operation).map((way) => ({ store, operation, target, skip, ...way })) : [];
      }),
    );
  });
}

function waysToFail(operation: string): Pick<FailingCall, 'when' | 'how'>[] {
  const before = { when: 'before', how: 'in passing' } as const;
  if (!changes.test(operation)) return [before];
  return [before, { when: 'after', how: 'in passing' }, { when: 'after', how: 'unexpectedly' }];
}

export function nameOf({ operation, target, skip, when, how }: FailingCall): string {
  return `${operation} ${target} (${skip + 1}.) fails ${how}, ${when} it is done`;
}

/** Makes that call fail in a world in which it is still to come. */
export function failCall(world: World, { store, operation, target, skip, when, how }: FailingCall): void {
  const faults: Faults<string> = world[store].faults;
  const code = onceOnly.test(operation) ? 'OUTCOME_UNKNOWN' : 'SERVICE_UNAVAILABLE';
  const error = how === 'unexpectedly' ? new Error('out of memory') : new TandemError(code, 'socket hang up');
  faults.fail(operation, error, { target, skip, when });
}
