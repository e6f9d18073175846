/** Units of CloudWatch that the steps use. */
export type MetricUnit = 'Count' | 'Bytes' | 'Seconds';

/** What one delivery of a step has around it: its time, its log and its metrics. */
export interface StepRun {
  /** How much of the function's time is left, in milliseconds. */
  millisecondsLeft(): number;
  /** Writes a line to the step's log. */
  info(message: string, details?: Record<string, unknown>): void;
  metric(name: string, unit: MetricUnit, value: number): void;
}
