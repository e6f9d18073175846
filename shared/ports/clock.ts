/** Time, which the rules never take from anywhere else. */
export interface Clock {
  now(): Date;
  /** Resolves after that many milliseconds. */
  sleep(milliseconds: number): Promise<void>;
}
