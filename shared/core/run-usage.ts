import type { RunUsage } from './cost.ts';
import { restoreWindow } from './restore-window.ts';

/** A cold start, and a few calls. */
export const secondsPerTask = 3;

/** For which Lambda is busy with restoring one window of tables: it looks again and again as long as tables move. */
export const secondsPerWindow = 300;

/** Requests to the catalog bucket, of each kind: so many from every task, and one a second from those that take long. */
export const requestsPerTask = 3;

/** @param seconds for which Lambda is busy beyond what every task takes */
export function usageOf(
  { transitions, tasks }: Pick<RunUsage, 'transitions' | 'tasks'>,
  seconds: number,
  memoryGb: number,
): RunUsage {
  const requests = tasks * requestsPerTask + seconds;
  return {
    transitions,
    tasks,
    seconds: tasks * secondsPerTask + seconds,
    memoryGb,
    writes: requests,
    reads: requests,
  };
}

/** Of a function of the restore, as serverless.yml deploys it. */
export const restoreMemoryGb = 0.5;

/** The states that a restore enters besides its looks, a safety point included. */
const fixedStates = 60;
/** A look is a task, a choice and a wait. */
const statesPerLook = 3;
/** Looks before the waits between them have grown to a minute. */
const earlyLooks = 8;

/**
 * What one restore takes of Step Functions and Lambda, reckoned rather too high than too low: it is cents.
 *
 * @param seconds that each side may take
 */
export function restoreUsage(tables: number, seconds: { tables: number; indices: number }): RunUsage {
  const looks = [seconds.tables, seconds.indices]
    .filter((length) => length > 0)
    .reduce((sum, length) => sum + earlyLooks + Math.ceil(length / 60), 0);
  const counts = { transitions: fixedStates + looks * statesPerLook, tasks: fixedStates / statesPerLook + looks };
  return usageOf(counts, Math.ceil(tables / restoreWindow) * secondsPerWindow, restoreMemoryGb);
}
