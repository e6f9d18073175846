import { TandemError } from '../shared/errors/tandem-error.ts';
import type { TemplateResource } from './template-resource.ts';

interface Template {
  Resources: Record<string, TemplateResource>;
  Outputs: object;
}

/** What a template has of its own beside what comes from the plan file: rather too much than too little. */
export const besidePlans = { resources: 80, outputs: 10, policiesOfRole: 1 } as const;

const inAnother = 'deploy some of the plans from a plan file, and as a stage, of their own.';

/**
 * Refuses what would be too much for one stack, which AWS says only when half of it is made.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html
 * @throws TandemError PLAN_FILE_INVALID
 */
export function refuseTooMuch({ Resources, Outputs }: Template, plans: number): void {
  const resources = Object.values(Resources);
  const policies = resources.filter(({ Type }) => Type === 'AWS::IAM::ManagedPolicy');
  const ofRole = Map.groupBy(
    policies.flatMap(({ Properties }) => [Properties.Roles].flat()),
    (role) => JSON.stringify(role),
  );
  const mostPolicies = Math.max(0, ...[...ofRole.values()].map((roles) => roles.length));
  const trusts = resources.map(({ Properties }) => JSON.stringify(Properties.AssumeRolePolicyDocument ?? '').length);

  refuse('resources', resources.length, 500 - besidePlans.resources, `One stack has 500: ${inAnother}`);
  refuse('outputs', Object.keys(Outputs).length, 200 - besidePlans.outputs, `One stack has 200: ${inAnother}`);
  refuse('plans', plans, 70, `One dashboard has 500 widgets: ${inAnother}`);
  refuse(
    'policies of one role',
    mostPolicies,
    10 - besidePlans.policiesOfRole,
    `A role has 10, which hold so many names: name tables by globs such as app-*, or ${inAnother}`,
  );
  refuse(
    'characters of whom a snapshot role trusts',
    Math.max(0, ...trusts),
    2_048,
    'IAM takes 2,048: give search.repository.roleArn of some plans a role of their own.',
  );
}

function refuse(what: string, count: number, most: number, remedy: string): void {
  if (count <= most) return;
  const message = `The plan file makes too much for one deployment: ${count} ${what}, where there may be ${most}.`;
  throw new TandemError('PLAN_FILE_INVALID', message, { remedy });
}
