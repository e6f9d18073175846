import type { Plan } from '../contracts/plan-file.ts';
import { isTransient, TandemError } from '../errors/tandem-error.ts';

/** Each execution has the deadline of its plan, counted from its own start: one that carries on a run gets it anew. */
export function deadlineOf(plan: Plan, startedAt: string): string {
  return new Date(Date.parse(startedAt) + plan.deadline * 1_000).toISOString();
}

/**
 * @param pending what is not done yet, in words
 * @throws TandemError DEADLINE_EXCEEDED
 */
export function assertWithinDeadline(now: Date, deadlineAt: string, pending: () => string): void {
  if (!isPast(now, deadlineAt)) return;
  throw new TandemError('DEADLINE_EXCEEDED', `The deadline of ${deadlineAt} has passed. Pending: ${pending()}.`);
}

/**
 * What the failure of a step means to its run: past the deadline nothing is tried again, so that what might pass has come
 * too late.
 */
export function failureAt(now: Date, deadlineAt: string | undefined, step: string, error: unknown): unknown {
  if (deadlineAt === undefined || !isTransient(error) || !isPast(now, deadlineAt)) return error;
  const message = `The deadline of ${deadlineAt} has passed. Pending: ${step}, which failed last with: ${error.message}`;
  return new TandemError('DEADLINE_EXCEEDED', message, { cause: error });
}

export function isPast(now: Date, deadlineAt: string): boolean {
  return now.getTime() >= Date.parse(deadlineAt);
}

/** The first few names and how many more there are: an alert is read by a person. */
export function few(names: string[]): string {
  const shown = names.slice(0, 10).join(', ');
  return names.length > 10 ? `${shown} and ${names.length - 10} more` : shown;
}
