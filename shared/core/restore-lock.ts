import type { RestoreLock } from '../contracts/restore-lock.ts';
import { TandemError } from '../errors/tandem-error.ts';

/** No execution of the restore lives longer: TimeoutSeconds of its state machine. */
export const longestRestoreSeconds = 172_800;

/** Who asks for the lock of a plan. */
export interface Claim {
  run: string;
  /** The run that it takes over from, because that one is certainly dead. */
  takeOver: string | undefined;
}

/**
 * Why a run may not take the lock of its plan: RESTORE_IN_PROGRESS where another run has it. A run may always take its own,
 * so that one that was killed is carried on with; and what no execution can hold any more is nobody's.
 */
export function lockProblems(lock: RestoreLock | undefined, { run, takeOver }: Claim, now: Date): TandemError[] {
  if (lock === undefined || lock.releasedAt !== undefined || lock.run === run || lock.run === takeOver) return [];
  if (now.getTime() - Date.parse(lock.takenAt) > longestRestoreSeconds * 1_000) return [];
  const message = `Restore ${lock.run} of the same plan is at work since ${lock.takenAt}.`;
  const remedy = `Wait until it has ended, or carry on with it where it was killed (\`${lock.carryOn}\`); where it is certainly dead and not wanted any more, take over from it with --take-over=${lock.run} ("takeOver" in the input).`;
  return [new TandemError('RESTORE_IN_PROGRESS', message, { remedy })];
}
