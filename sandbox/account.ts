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

/** What of an AWS configuration would count more than the sandbox's environment, for the clients that Tandem has. */
export const outranking = [
  ...['AWS_PROFILE', 'AWS_SESSION_TOKEN', 'AWS_USE_FIPS_ENDPOINT', 'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'],
  ...[
    'APPLICATION_AUTO_SCALING',
    'CLOUDFORMATION',
    'LAMBDA',
    'PIPES',
    'S3',
    'SECRETS_MANAGER',
    'SFN',
    'SNS',
    'STS',
  ].map((service) => `AWS_ENDPOINT_URL_${service}`),
];

/** Files in which no AWS client finds anything. */
export const noAwsFiles = { AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null' };

/** An environment without the AWS configuration of the person whose it is. */
export function withoutAws(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const others = Object.entries(environment).filter(([name]) => !name.startsWith('AWS_'));
  return { ...Object.fromEntries(others), ...noAwsFiles };
}
