/** Where alerts go: an SNS topic, or standard error where a plan run on this machine has none. */
export interface Alerts {
  /** @param subject at most 100 characters of ASCII, as SNS demands */
  publish(alert: { topic: string; subject: string; message: string }): Promise<void>;
}
