/** What checkov finds in the template and is meant to be so. */
export interface AcceptedFinding {
  check: string;
  /** The resources by their ids in the template. */
  resources: RegExp;
  why: string;
}

export const acceptedFindings: AcceptedFinding[] = [
  {
    check: 'CKV_AWS_115',
    resources: /LambdaFunction$/,
    why: 'A limit of concurrent executions of its own would take them from the rest of the account for a job that runs at night; Step Functions calls one function at a time for each side of a run, and tries a throttled one again.',
  },
  {
    check: 'CKV_AWS_116',
    resources: /LambdaFunction$/,
    why: 'A dead-letter queue is for functions that are called without waiting. Step Functions waits, and a failure ends in an alert.',
  },
  {
    check: 'CKV_AWS_117',
    resources: /LambdaFunction$/,
    why: 'Functions are in the network of the search domain where it is in one, and only those that talk to it: the others call AWS alone, for which a network would need endpoints that cost more than the whole service.',
  },
  {
    check: 'CKV_AWS_173',
    resources: /LambdaFunction$/,
    why: "The environment holds the path of the plan file, the topic's ARN and the name of the stack, no secret; Lambda encrypts it with a key of its own.",
  },
  {
    check: 'CKV_AWS_18',
    resources: /Bucket/,
    why: 'An access log needs a bucket of its own, kept as long as what it tells of; an account that wants one has CloudTrail write S3 data events, which no template of a single service should switch on.',
  },
  {
    check: 'CKV_AWS_21',
    resources: /^ServerlessDeploymentBucket$/,
    why: 'The Serverless Framework keeps the last packages in folders of their own already, and each can be made again.',
  },
];
