import type { Plan } from '../shared/contracts/plan-file.ts';
import { accessPolicies, type Statement } from './access-policy.ts';
import { ownArn } from './arn.ts';

/** What a restore may do to the functions that the plans name among their writers. */
export function writerAccess(plans: Plan[]) {
  const functions = [...new Set(plans.flatMap(({ writers }) => writers.functions))];
  return accessPolicies('RestoreWriters', 'RestoreRole', functions, pause);
}

function pause(functions: string[]): Statement[] {
  const Action = ['lambda:GetFunctionConcurrency', 'lambda:PutFunctionConcurrency', 'lambda:DeleteFunctionConcurrency'];
  const arnOf = (given: string) => (given.startsWith('arn:') ? given : ownArn('lambda', `function:${given}`));
  return functions.length === 0 ? [] : [{ Action, Resource: functions.map(arnOf) }];
}
