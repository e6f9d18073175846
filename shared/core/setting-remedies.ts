import type { TableFacts } from '../contracts/manifest.ts';
import type { RestoredSetting } from './table-settings.ts';

/** What puts a setting of a table back by hand: a command, or what to know before giving one. */
export function settingRemedy(setting: RestoredSetting, { name, arn, settings }: TableFacts): string {
  const update = `aws dynamodb update-table --table-name ${name}`;
  switch (setting) {
    case 'tags':
      return `aws dynamodb tag-resource --resource-arn ${arn} --tags ...`;
    case 'throughput':
      return `${update} --provisioned-throughput ... --global-secondary-index-updates ...`;
    case 'onDemandMaximum':
      return `${update} --on-demand-throughput ... --global-secondary-index-updates ...`;
    case 'encryption':
      return `${update} --sse-specification Enabled=true,SSEType=KMS,KMSMasterKeyId=${settings.encryption?.keyArn}; the key has to be enabled, and its policy has to let whoever restores use it`;
    case 'tableClass':
      return `${update} --table-class ${settings.tableClass}; DynamoDB changes the class of a table twice in 30 days at most, so it may have to wait`;
    case 'stream':
      return `${update} --stream-specification StreamEnabled=true,StreamViewType=${settings.stream?.viewType}; then make its triggers again on the new stream`;
    case 'timeToLive':
      return `aws dynamodb update-time-to-live --table-name ${name} --time-to-live-specification Enabled=true,AttributeName=${settings.timeToLive?.attribute}; DynamoDB takes one change an hour`;
    case 'pointInTimeRecovery':
      return `aws dynamodb update-continuous-backups --table-name ${name} --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true`;
    case 'contributorInsights':
      return `aws dynamodb update-contributor-insights --table-name ${name} --contributor-insights-action ENABLE`;
    case 'kinesisDestinations':
      return `aws dynamodb enable-kinesis-streaming-destination --table-name ${name} --stream-arn ...; the Kinesis data stream has to be there and ACTIVE`;
    case 'scaling':
      return 'aws application-autoscaling register-scalable-target and put-scaling-policy, with what the manifest holds';
    case 'warmThroughput':
      return `${update} --warm-throughput ...; it costs once for each unit that is added, and can be left as it is: the table warms up as it is used`;
    case 'streamPolicy':
      return 'aws dynamodb put-resource-policy --resource-arn <the new stream> --policy ..., with the policy of the manifest';
    case 'resourcePolicy':
      return `aws dynamodb put-resource-policy --resource-arn ${arn} --policy ..., with the policy of the manifest`;
    case 'deletionProtection':
      return `${update} --deletion-protection-enabled`;
  }
}

/** What makes a trigger again by hand. */
export function triggerRemedy(functionArn: string, streamArn: string | undefined): string {
  return `aws lambda create-event-source-mapping --function-name ${functionArn} --event-source-arn ${streamArn ?? '<the new stream>'} ..., with the configuration of the manifest; then delete the mapping on the old stream`;
}
