import type { ErrorName } from '../shared/errors/catalogue.ts';
import { interruptionName } from './interruption.ts';

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

/** @param name the name of the error: for a run that failed, the one that Step Functions matches on */
export function exitCodeOf(name: string): number {
  if (name === interruptionName) return exitCodes.interrupted;
  return isErrorName(name) ? codeByName[name] : exitCodes.unexpected;
}

function isErrorName(name: string): name is ErrorName {
  return Object.hasOwn(codeByName, name);
}
