/** The ARN of something in the account, region and partition of the deployment, for CloudFormation. */
export function ownArn(service: string, resource: string, region = `\${AWS::Region}`): { 'Fn::Sub': string } {
  return { 'Fn::Sub': `arn:\${AWS::Partition}:${service}:${region}:\${AWS::AccountId}:${resource}` };
}

/** The ARN of a bucket, or of the objects that a path in it names. */
export function bucketArn(path: string): { 'Fn::Sub': string } {
  return { 'Fn::Sub': `arn:\${AWS::Partition}:s3:::${path}` };
}
