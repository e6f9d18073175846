/** Something that an IAM policy names: an ARN, or a function of CloudFormation that becomes one. */
export type Resource = string | { 'Fn::Sub': string } | { Ref: string } | { 'Fn::GetAtt': readonly [string, 'Arn'] };

interface AnyStatement {
  /** Allows without it. */
  Effect?: 'Deny';
  Action: string[];
  Condition?: Record<string, Record<string, Resource | Resource[]>>;
}

export type Statement = AnyStatement & ({ Resource: Resource[] | '*' } | { NotResource: Resource[] });

/** The roles of the workflows, by their names in the template. */
export const workflowRoles = ['BackupRole', 'RestoreRole'] as const;

/** The role of a workflow, that of the set-up of domains, or that of the schedules. */
export type Role = (typeof workflowRoles)[number] | 'SetupRole' | 'ScheduleRole';

export type AccessPolicy = ReturnType<typeof accessPolicy>;

/** A policy attached to roles that allows them the statements, but for those that deny. */
export function accessPolicy(roles: Role | readonly Role[], statements: Statement[]) {
  return {
    Type: 'AWS::IAM::ManagedPolicy',
    Properties: {
      Roles: [roles].flat().map((role) => ({ Ref: role })),
      PolicyDocument: policyDocument(statements),
    },
  };
}

/**
 * The characters that a managed policy holds. What CloudFormation fills in is shorter than its placeholder, so that a
 * policy is never longer than its text in the template.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
const longestPolicy = 6_144;

/**
 * What a role may do to many things, in as many policies as hold it.
 *
 * @param id what the ids of the policies begin with
 * @param statements what it may do to some of the things; to none of them, nothing
 */
export function accessPolicies<Thing>(
  id: string,
  role: Role,
  things: Thing[],
  statements: (some: Thing[]) => Statement[],
): Record<string, AccessPolicy> {
  const fits = (some: Thing[]) => JSON.stringify(accessPolicy(role, statements(some))).length <= longestPolicy;
  const groups: Thing[][] = [];
  for (const thing of things) {
    const last = groups.at(-1);
    if (last !== undefined && fits([...last, thing])) last.push(thing);
    else groups.push([thing]);
  }
  const allowed = groups.map(statements).filter((some) => some.length > 0);
  return Object.fromEntries(allowed.map((some, position) => [`${id}${position + 1}`, accessPolicy(role, some)]));
}

export function policyDocument(statements: Statement[]) {
  return {
    Version: '2012-10-17',
    Statement: statements.map((statement) => ({ Effect: 'Allow', ...statement })),
  };
}
