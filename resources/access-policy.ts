/** Something that an IAM policy names: an ARN, or a function of CloudFormation that becomes one. */
export type Resource = string | { 'Fn::Sub': string } | { Ref: string };

export interface Statement {
  Action: string[];
  Resource: Resource[] | '*';
  Condition?: Record<string, Record<string, Resource>>;
}

/** The role of a workflow, by its name in the template. */
export type WorkflowRole = 'BackupRole' | 'RestoreRole';

/** A policy attached to the role of a workflow that allows the statements. */
export function accessPolicy(role: WorkflowRole, statements: Statement[]) {
  return {
    Type: 'AWS::IAM::ManagedPolicy',
    Properties: {
      Roles: [{ Ref: role }],
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: statements.map((statement) => ({ Effect: 'Allow', ...statement })),
      },
    },
  };
}
