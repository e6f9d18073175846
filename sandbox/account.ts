/** The account that the sandbox's AWS plays. */
export const account = {
  id: '000000000000',
  region: 'us-east-1',
  /** Root: MiniStack lets this key do everything. */
  root: { accessKeyId: 'test', secretAccessKey: 'test' },
} as const;

/** The environment in which an AWS client, the command line of Tandem among them, reaches the sandbox as root. */
export function awsEnvironment(aws: string, dynamodb: string): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: aws,
    AWS_ENDPOINT_URL_DYNAMODB: dynamodb,
    AWS_REGION: account.region,
    AWS_ACCESS_KEY_ID: account.root.accessKeyId,
    AWS_SECRET_ACCESS_KEY: account.root.secretAccessKey,
  };
}
