/** Where alerts go: an SNS topic, or standard error where a plan run on this machine has none. */
export interface Alerts {
  /**
   * @param topic the ARN of the SNS topic; where there is none, the alert goes to standard error
   * @param subject at most 100 characters of ASCII, as SNS demands
   */
  publish(alert: { topic: string | undefined; subject: string; message: string }): Promise<void>;
}
