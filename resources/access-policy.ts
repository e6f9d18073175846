/** Something that an IAM policy names: an ARN, or a function of CloudFormation that becomes one. */
export type Resource = string | { 'Fn::Sub': string } | { Ref: string };

export interface Statement {
  Action: string[];
  Resource: Resource[] | '*';
  Condition?: Record<string, Record<string, Resource | Resource[]>>;
}

/** The roles of the workflows, by their names in the template. */
export const workflowRoles = ['BackupRole', 'RestoreRole'] as const;

/** The role of a workflow, that of the set-up of domains, or that of the schedules. */
export type Role = (typeof workflowRoles)[number] | 'SetupRole' | 'ScheduleRole';

/** A policy attached to roles that allows them the statements. */
export function accessPolicy(roles: Role | readonly Role[], statements: Statement[]) {
  return {
    Type: 'AWS::IAM::ManagedPolicy',
    Properties: {
      Roles: [roles].flat().map((role) => ({ Ref: role })),
      PolicyDocument: policyDocument(statements),
    },
  };
}

export function policyDocument(statements: Statement[]) {
  return {
    Version: '2012-10-17',
    Statement: statements.map((statement) => ({ Effect: 'Allow', ...statement })),
  };
}
