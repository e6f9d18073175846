import type { ErrorCode } from '../../errors/catalogue.ts';

interface FrontEndRefusal {
  code: ErrorCode;
  remedy?: string;
}

/**
 * What the AWS front end of a managed domain says before the search server sees a request, in the order in which it
 * is looked for. Its words are those that the guides quote and users report.
 */
const rules: readonly (FrontEndRefusal & { says: RegExp })[] = [
  { says: /throttled|too many requests|rate exceeded/i, code: 'THROTTLED' },
  { says: /^Your request: .* is not allowed/, code: 'SEARCH_NOT_OFFERED' },
  {
    says: /settings\.role_arn is needed/,
    code: 'PLAN_FILE_INVALID',
    remedy: 'Give search.repository.roleArn: the managed service reaches the bucket with that role.',
  },
  { says: /security token .* (expired|invalid)|Signature expired/i, code: 'CREDENTIALS_MISSING' },
  {
    says: /signature we calculated does not match/i,
    code: 'SEARCH_UNAUTHORIZED',
    remedy:
      'Check the secret key (and the session token) of the caller, and that AWS_REGION is the region of the domain.',
  },
  {
    says: /scoped to a valid region/,
    code: 'SEARCH_UNAUTHORIZED',
    remedy: 'Set AWS_REGION to the region of the domain.',
  },
  {
    says: /^User: anonymous /,
    code: 'SEARCH_UNAUTHORIZED',
    remedy:
      'Sign the requests (search.auth: { type: sigv4 }), or let the access policy of the domain allow the caller.',
  },
  {
    // Whoever the front end keeps out, no security role of the domain lets in.
    says: /is not authorized to perform: es:/,
    code: 'SEARCH_UNAUTHORIZED',
    remedy:
      "Allow the caller the action that is named: in the caller's own policies in IAM, or in the domain's access policy.",
  },
];

/** What a message of the front end means; undefined where the status has to tell. */
export function frontEndRefusal(message: string): FrontEndRefusal | undefined {
  return rules.find(({ says }) => says.test(message));
}
