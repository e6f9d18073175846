/** Time, which the rules never take from anywhere else. */
export interface Clock {
  now(): Date;
  /** Resolves after that many milliseconds; rejects where the signal is aborted before. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}
