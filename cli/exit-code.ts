import type { ErrorName } from '../shared/errors/catalogue.ts';
import { interruptionName } from './interruption.ts';
import { reportOf } from './output/error-report.ts';
import { RunError } from './run-error.ts';

/** How the command ends, for scripts. */
export const exitCodes = {
  done: 0,
  unexpected: 1,
  wrongUsage: 2,
  refused: 3,
  runFailed: 4,
  differences: 5,
  deadlinePassed: 6,
  /** 128 + SIGINT, as shells have it. */
  interrupted: 130,
} as const;

const codeByName = {
  InvalidRequestError: exitCodes.wrongUsage,
  GuardRefusedError: exitCodes.refused,
  ConflictError: exitCodes.runFailed,
  IncompleteBackupError: exitCodes.runFailed,
  ProviderFailureError: exitCodes.runFailed,
  TransientError: exitCodes.runFailed,
  VerificationFailedError: exitCodes.differences,
  DeadlineExceededError: exitCodes.deadlinePassed,
} as const satisfies Record<ErrorName, number>;

/** @param error whatever a command ended with */
export function exitCodeOf(error: unknown): number {
  const { name, code } = reportOf(error);
  if (error instanceof RunError && error.details.ended) return exitCodeOfRun(name);
  if (name === interruptionName) return exitCodes.interrupted;
  // No run failed: none was started, or it goes on unseen.
  if (name === 'InvalidRequestError' || code === 'ACCESS_DENIED') return exitCodes.wrongUsage;
  return name === 'GuardRefusedError' ? exitCodes.refused : exitCodes.unexpected;
}

/** @param name the name that the execution of a run ended with: one of Tandem's, or of whatever else ended it */
export function exitCodeOfRun(name: string): number {
  return isErrorName(name) ? codeByName[name] : exitCodes.runFailed;
}

function isErrorName(name: string): name is ErrorName {
  return Object.hasOwn(codeByName, name);
}
