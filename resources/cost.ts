/**
 * Prices of us-east-1 in US dollars, for the dashboard's estimates: other regions differ by a few per cent, and nothing of
 * a free tier is taken off.
 *
 * @see https://aws.amazon.com/step-functions/pricing/
 * @see https://aws.amazon.com/lambda/pricing/
 * @see https://aws.amazon.com/dynamodb/pricing/on-demand/
 * @see https://aws.amazon.com/s3/pricing/
 */
export const price = {
  stateTransition: 0.025 / 1_000,
  /** Of a function on arm64 with 512 MB. */
  functionSecond: 0.0000133334 * 0.5,
  tableBackupGigabyteMonth: 0.1,
  snapshotGigabyteMonth: 0.023,
} as const;

/**
 * How many state transitions the runs make, by the calls of their steps: a poll is a Wait, a Task and a Choice; a step
 * that is called once has less around it, by so much in a whole backup. A restore differs by a few.
 */
export const transitions = { perCall: 3, lessPerRun: 4 } as const;
