/** A rule of checkov whose finding is meant to be so. */
interface AcceptedFinding {
  id: string;
  /** Why. */
  comment: string;
}

/** What checkov finds, by what it finds it in. */
const accepted = {
  lambda: [
    {
      id: 'CKV_AWS_115',
      comment:
        'A limit of concurrent executions of its own would take them from the rest of the account for a job that runs at night; Step Functions calls one function at a time for each side of a run, and tries a throttled one again.',
    },
    {
      id: 'CKV_AWS_116',
      comment:
        'A dead-letter queue is for functions that are called without waiting. Step Functions waits, and a failure ends in an alert.',
    },
    {
      id: 'CKV_AWS_117',
      comment:
        'Functions are in the network of the search domain where it is in one, and only those that talk to it: the others call AWS alone, for which a network would need endpoints that cost more than the whole service.',
    },
    {
      id: 'CKV_AWS_173',
      comment:
        "The environment holds the path of the plan file, the topic's ARN and the name of the stack, no secret; Lambda encrypts it with a key of its own.",
    },
  ],
  logGroup: [
    {
      id: 'CKV_AWS_158',
      comment:
        'Logs are encrypted with a key of the service, or with that of the plan file (kmsKey). No secret is in them.',
    },
  ],
  bucket: [
    {
      id: 'CKV_AWS_18',
      comment:
        'An access log needs a bucket of its own, kept as long as what it tells of; an account that wants one has CloudTrail write S3 data events, which no template of a single service should switch on.',
    },
  ],
  deploymentBucket: [
    {
      id: 'CKV_AWS_18',
      comment: 'It holds the packages of the functions, which whoever deploys makes again.',
    },
    {
      id: 'CKV_AWS_21',
      comment:
        'The Serverless Framework keeps the last packages in folders of their own already, and each can be made again.',
    },
  ],
} as const satisfies Record<string, AcceptedFinding[]>;

/**
 * Tells checkov, in the template itself, what is meant to be so in such a resource.
 *
 * @see https://www.checkov.io/2.Basics/Suppressing%20and%20Skipping%20Policies.html
 */
export function acceptedIn(kind: keyof typeof accepted) {
  return { checkov: { skip: accepted[kind] } };
}
