import { type Price, prices } from '../shared/core/prices.ts';

const each = ({ dollars, per }: Price) => dollars / per;

/** In US dollars, for the dashboard's estimates. */
export const price = {
  stateTransition: each(prices.stateTransition),
  /** Of a function with 512 MB. */
  functionSecond: each(prices.lambdaCompute) * 0.5,
  tableBackupGigabyteMonth: each(prices.tableBackupStorage),
  snapshotGigabyteMonth: each(prices.objectStorage),
} as const;

/**
 * How many state transitions the runs make, by the calls of their steps: a poll is a Wait, a Task and a Choice; a step
 * that is called once has less around it, by so much in a whole backup. A restore differs by a few.
 */
export const transitions = { perCall: 3, lessPerRun: 4 } as const;
