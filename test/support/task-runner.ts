import * as z from 'zod';
import { lambdaContext, type StepHandler } from '../../cli/local/lambda-context.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import { taskAtWork } from './task-at-work.ts';

/** How Lambda treats the tasks of an execution. */
export interface Delivery {
  /** How often each task is delivered with the same input: its answer is that of the last delivery. */
  deliver?: 'once' | 'twice' | 'twice at once';
  /** How long Lambda lets a task run, in seconds. */
  taskSeconds?: number;
  /** The task that ends so many times, after so many that went well, with an error that is not the step's own. */
  breakDown?: { task: string; error: string; times: number; skip?: number };
  /** Makes Lambda tell failures as it does: a JSON text with the message inside. */
  failuresAsJson?: boolean;
  /** Told of each task before it begins, with its input. */
  begins?: (task: BegunTask) => void;
}

/** What makes the function of each task, by the name of its state. */
export type Functions = Readonly<Record<string, () => StepHandler>>;

export interface BegunTask {
  /** The name of its state. */
  name: string;
  /** As `taskAtWork` tells it. */
  label: string;
  event: unknown;
}

/** How a task that failed is tried again. */
export const retrySchema = z.tuple([
  z.object({
    ErrorEquals: z.array(z.string()),
    IntervalSeconds: z.number(),
    BackoffRate: z.number(),
    MaxDelaySeconds: z.number().default(Number.POSITIVE_INFINITY),
  }),
]);

export type Retry = z.output<typeof retrySchema>;

interface Task {
  name: string;
  /** Makes its function in a process. */
  start: (() => StepHandler) | undefined;
  retry: Retry | undefined;
}

/** Runs the tasks of one execution as Lambda and Step Functions do between them, in virtual time. */
export class TaskRunner {
  /** Tasks that ended well. */
  ended = 0;
  largestPayload = 0;
  readonly #clock: Clock;
  readonly #delivery: Delivery;
  readonly #startedAt: string;
  readonly #onEnd: (ended: number) => void;
  #breakDowns = 0;
  #skipped = 0;
  /** How often a task has failed since it last ended well. */
  readonly #failures = new Map<string, number>();
  readonly #begun = new Map<string, number>();
  /** The functions in each of two processes: one process has one call at a time. */
  readonly #processes = [new Map<string, StepHandler>(), new Map<string, StepHandler>()] as const;

  constructor(clock: Clock, delivery: Delivery, onEnd: (ended: number) => void) {
    this.#clock = clock;
    this.#delivery = delivery;
    this.#startedAt = clock.now().toISOString();
    this.#onEnd = onEnd;
  }

  async run(task: Task, given: unknown) {
    const event = throughJson(this.#timed(given));
    this.#measure(event);
    const label = this.#labelOf(task.name);
    this.#delivery.begins?.({ name: task.name, label, event });
    try {
      const output = throughJson(await taskAtWork.run(label, () => this.#deliver(task, event)));
      this.#measure(output);
      this.#failures.delete(task.name);
      await this.#waitAsTold(output);
      this.ended += 1;
      this.#onEnd(this.ended);
      return output;
    } catch (error) {
      await this.#waitToRetry(task, error);
      throw this.#delivery.failuresAsJson ? asLambdaTells(error) : error;
    }
  }

  #labelOf(name: string): string {
    const number = (this.#begun.get(name) ?? 0) + 1;
    this.#begun.set(name, number);
    return `${name} ${number}`;
  }

  async #deliver({ name, start }: Task, event: unknown): Promise<unknown> {
    if (start === undefined) throw new Error(`There is no function for ${name}.`);
    this.#breakDown(name);
    const call = (process: Map<string, StepHandler>) => {
      const handler = process.get(name) ?? start();
      process.set(name, handler);
      return handler(structuredClone(event), this.#context(name));
    };
    const [first, second] = this.#processes;
    if (this.#delivery.deliver === 'twice') await call(first).catch(() => undefined);
    if (this.#delivery.deliver !== 'twice at once') return call(first);
    const [, last] = await Promise.allSettled([call(first), call(second)]);
    if (last.status === 'rejected') throw last.reason;
    return last.value;
  }

  #breakDown(task: string): void {
    const { breakDown } = this.#delivery;
    if (breakDown?.task !== task || this.#breakDowns >= breakDown.times) return;
    if (this.#skipped < (breakDown.skip ?? 0)) {
      this.#skipped += 1;
      return;
    }
    this.#breakDowns += 1;
    const error = new Error('RequestId: 6bc1 Error: Task timed out after 900.00 seconds');
    error.name = breakDown.error;
    throw error;
  }

  #context(task: string) {
    const until = this.#clock.now().getTime() + (this.#delivery.taskSeconds ?? 900) * 1_000;
    return { ...lambdaContext(task), getRemainingTimeInMillis: () => until - this.#clock.now().getTime() };
  }

  /** The interpreter fills in the real time, whatever its context says. */
  #timed(event: unknown): unknown {
    const { execution, ...rest } = startSchema.parse(event);
    return execution === undefined ? event : { ...rest, execution: { ...execution, startedAt: this.#startedAt } };
  }

  /** Lets the seconds of the Wait state that follows pass. */
  async #waitAsTold(output: unknown): Promise<void> {
    const { progress, waitSeconds } = waitingSchema.parse(output);
    if (waitSeconds !== undefined && progress !== undefined && progress !== 'DONE') {
      await this.#clock.sleep(waitSeconds * 1_000);
    }
  }

  async #waitToRetry({ name, retry }: Task, error: unknown): Promise<void> {
    const failures = this.#failures.get(name) ?? 0;
    this.#failures.set(name, failures + 1);
    const [retrier] = retry ?? [];
    const isRetried = retrier?.ErrorEquals.some((one) => one === 'States.ALL' || one === nameOf(error));
    if (!retrier || !isRetried) return;
    const seconds = retrier.IntervalSeconds * retrier.BackoffRate ** failures;
    await this.#clock.sleep(Math.min(seconds, retrier.MaxDelaySeconds) * 1_000);
  }

  #measure(payload: unknown): void {
    this.largestPayload = Math.max(this.largestPayload, Buffer.byteLength(JSON.stringify(payload)));
  }
}

const startSchema = z.looseObject({ execution: z.looseObject({ name: z.string() }).optional() }).catch({});
const waitingSchema = z.looseObject({ progress: z.string().optional(), waitSeconds: z.number().optional() }).catch({});

type Json = z.infer<ReturnType<typeof z.json>>;

/** What goes into a task and what comes out is JSON on AWS, so that a Date or an undefined does not survive. */
export function throughJson(value: unknown): Json {
  return JSON.parse(JSON.stringify(value ?? null));
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : '';
}

function asLambdaTells(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const told = new Error(JSON.stringify({ errorType: error.name, errorMessage: error.message, trace: [error.stack] }));
  told.name = error.name;
  return told;
}
