/** Something that an IAM policy names: an ARN, or a function of CloudFormation that becomes one. */
export type Resource = string | { 'Fn::Sub': string } | { Ref: string };

export interface Statement {
  Action: string[];
  Resource: Resource[] | '*';
  Condition?: Record<string, Record<string, Resource>>;
}

/** A role that functions run with, by its name in the template. */
export type FunctionRole = 'BackupRole' | 'RestoreRole' | 'SetupRole';

/** A policy attached to a role that allows the statements. */
export function accessPolicy(role: FunctionRole, statements: Statement[]) {
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
