/** When a fault strikes: before the operation did anything (a refusal) or after it was carried out (its answer is lost). */
export type FaultMoment = 'before' | 'after';

interface Fault {
  operation: string;
  error: Error;
  moment: FaultMoment;
  /** The table or key that it strikes at; any where undefined. */
  target: string | undefined;
  times: number;
}

/** Counts the calls of a fake's operations and makes some of them fail. */
export class Faults<Operation extends string> {
  readonly #calls: { operation: Operation; target: string }[] = [];
  readonly #faults: Fault[] = [];

  /** Makes the next calls of an operation fail. */
  fail(
    operation: Operation,
    error: Error,
    options: { when?: FaultMoment; target?: string; times?: number } = {},
  ): void {
    const { when: moment = 'before', target, times = 1 } = options;
    this.#faults.push({ operation, error, moment, target, times });
  }

  /** How often an operation was called, of all targets or of one. */
  count(operation: Operation, target?: string): number {
    return this.#calls.filter(
      (call) => call.operation === operation && (target === undefined || call.target === target),
    ).length;
  }

  /** Carries out a call of an operation, unless a fault strikes. */
  run<T>(operation: Operation, target: string, act: () => T): T {
    this.#calls.push({ operation, target });
    this.#strike(operation, target, 'before');
    const answer = act();
    this.#strike(operation, target, 'after');
    return answer;
  }

  #strike(operation: Operation, target: string, moment: FaultMoment): void {
    const fault = this.#faults.find(
      (candidate) =>
        candidate.operation === operation &&
        candidate.moment === moment &&
        candidate.times > 0 &&
        (candidate.target === undefined || candidate.target === target),
    );
    if (fault === undefined) return;
    fault.times -= 1;
    throw fault.error;
  }
}
