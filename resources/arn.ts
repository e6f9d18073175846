/** The ARN of something in the account, region and partition of the deployment, for CloudFormation. */
export function ownArn(service: string, resource: string, region = `\${AWS::Region}`): { 'Fn::Sub': string } {
  return { 'Fn::Sub': `arn:\${AWS::Partition}:${service}:${region}:\${AWS::AccountId}:${resource}` };
}
