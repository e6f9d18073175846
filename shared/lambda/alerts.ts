import { SNSClient } from '@aws-sdk/client-sns';
import { awsClientOptions } from '../adapters/aws-client-options.ts';
import { snsAlerts } from '../adapters/sns-alerts.ts';
import { stderrAlerts } from '../adapters/stderr-alerts.ts';
import type { Alerts } from '../ports/alerts.ts';

export function composeAlerts(): Alerts {
  return snsAlerts(new SNSClient(awsClientOptions), stderrAlerts(process.stderr));
}

/** The topic of the deployment; none where the workflow runs on somebody's own machine. */
export function deploymentTopic(): string | undefined {
  return process.env.TANDEM_TOPIC_ARN;
}
