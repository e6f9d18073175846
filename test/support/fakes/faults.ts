import { taskAtWork } from '../task-at-work.ts';

/** When a fault strikes: before the operation did anything (a refusal) or after it was carried out (its answer is lost). */
export type FaultMoment = 'before' | 'after';

export interface FaultOptions {
  when?: FaultMoment;
  /** The table or key that it strikes at; any where undefined. */
  target?: string;
  /** The task of a workflow that it strikes in, such as `RestoreTables 2` the second time; any where undefined. */
  task?: string;
  /** Told when it strikes. */
  struck?: () => void;
  /** How many such calls go well before it strikes. */
  skip?: number;
  times?: number;
}

interface Fault extends FaultOptions {
  operation: string;
  error: Error;
  when: FaultMoment;
  skip: number;
  times: number;
}

interface Call<Operation> {
  operation: Operation;
  target: string;
  /** The task of a workflow that made it, where one did. */
  task: string | undefined;
}

/** Keeps the calls of a fake's operations and makes some of them fail. */
export class Faults<Operation extends string> {
  readonly calls: Call<Operation>[] = [];
  readonly #faults: Fault[] = [];

  /** Makes the next calls of an operation fail. */
  fail(operation: Operation, error: Error, options: FaultOptions = {}): void {
    this.#faults.push({ when: 'before', skip: 0, times: 1, ...options, operation, error });
  }

  /** How often an operation was called, of all targets or of one. */
  count(operation: Operation, target?: string): number {
    return this.calls.filter((call) => call.operation === operation && (target === undefined || call.target === target))
      .length;
  }

  /** Carries out a call of an operation, unless a fault strikes. */
  run<T>(operation: Operation, target: string, act: () => T): T {
    const call = { operation, target, task: taskAtWork.getStore() };
    this.calls.push(call);
    this.#strike(call, 'before');
    const answer = act();
    // An answer that gets lost may be a refusal, of which then nobody hears.
    if (answer instanceof Promise) answer.catch(() => {});
    this.#strike(call, 'after');
    return answer;
  }

  #strike({ operation, target, task }: Call<Operation>, moment: FaultMoment): void {
    for (const fault of this.#faults) {
      const isOfTask = fault.task === undefined || fault.task === task;
      const isOfTarget = fault.target === undefined || fault.target === target;
      const meets = fault.operation === operation && isOfTarget && isOfTask;
      if (!meets || fault.when !== moment || fault.times === 0) continue;
      fault.skip -= 1;
      if (fault.skip >= 0) continue;
      fault.times -= 1;
      fault.struck?.();
      throw fault.error;
    }
  }
}
