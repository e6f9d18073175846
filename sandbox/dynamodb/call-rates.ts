import type { Clock } from '../../shared/ports/clock.ts';

/** Calls a second an account may make, as the API reference documents them at each operation. */
const callsPerSecond: Partial<Record<string, number>> = {
  CreateBackup: 50,
  DescribeBackup: 10,
  ListBackups: 5,
  DeleteBackup: 10,
  RestoreTableFromBackup: 10,
  RestoreTableToPointInTime: 10,
  DescribeContinuousBackups: 10,
  TagResource: 5,
  UntagResource: 5,
  ListTagsOfResource: 10,
};

/**
 * The documented call rates, as a sliding window: no more than the documented number within any one second. They are
 * those of the real service at every time scale. A call that was refused does not count.
 */
export class CallRates {
  readonly #clock: Clock;
  readonly #admitted = new Map<string, number[]>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** True where the operation may be called now, which counts as a call. */
  admits(operation: string): boolean {
    const limit = callsPerSecond[operation];
    if (limit === undefined) return true;
    const now = this.#clock.now().getTime();
    const lastSecond = (this.#admitted.get(operation) ?? []).filter((time) => now - time < 1000);
    const admitted = lastSecond.length < limit;
    this.#admitted.set(operation, admitted ? [...lastSecond, now] : lastSecond);
    return admitted;
  }
}
