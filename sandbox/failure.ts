import { TandemError } from '../shared/errors/tandem-error.ts';

/** What went wrong, for the person at the machine: why and what to do, or the stack of what nobody expected. */
export function explain(error: unknown): string {
  if (error instanceof TandemError) return `${error.message} ${error.remedy}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** 2 for what the person at the machine can mend (a missing Java, a port taken, a failed download), otherwise 1. */
export function exitCodeOf(error: unknown): number {
  return error instanceof TandemError && error.name === 'InvalidRequestError' ? 2 : 1;
}
