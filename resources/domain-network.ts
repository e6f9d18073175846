import type { ReadPlanFile } from '../shared/core/plan-file.ts';
import { TandemError } from '../shared/errors/tandem-error.ts';
import { accessPolicy, workflowRoles } from './access-policy.ts';

/**
 * The network that the functions are put into which talk to a search domain, as the Serverless Framework writes it; none
 * without a plan that names one. There is one set of functions for all plans, so there can be one network only.
 *
 * @throws TandemError PLAN_FILE_INVALID where two plans name different ones
 */
export function domainNetwork(planFile: ReadPlanFile): { subnetIds: string[]; securityGroupIds: string[] } | false {
  const [first, ...others] = Object.entries(planFile.plans).flatMap(([plan, { search }]) =>
    search?.vpc === undefined ? [] : { plan, ...search.vpc },
  );
  if (first === undefined) return false;
  const other = others.find(({ subnets, securityGroups }) => {
    return !sameMembers(subnets, first.subnets) || !sameMembers(securityGroups, first.securityGroups);
  });
  if (other === undefined) return { subnetIds: first.subnets, securityGroupIds: first.securityGroups };
  throw new TandemError(
    'PLAN_FILE_INVALID',
    `${planFile.where('plans', other.plan, 'search', 'vpc')}: plans.${other.plan}.search.vpc: is another network than that of ` +
      `plan ${first.plan}: the functions are the same for all plans, so one deployment reaches one network. ` +
      'Give both the same, or deploy one of them from a plan file and as a stage of its own.',
  );
}

function sameMembers(some: string[], others: string[]): boolean {
  return new Set([...some, ...others]).size === new Set(some).size && new Set(others).size === new Set(some).size;
}

/**
 * What Lambda does with the role of a function to put it into a network. None of it can be scoped to that network: EC2
 * looks at it before there is an interface. Lambda does it and not the function's code, of whose calls AWS names the
 * function: with that name in them, they are not allowed.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
 */
export function networkAccess(planFile: ReadPlanFile) {
  if (domainNetwork(planFile) === false) return {};
  const statement = {
    Action: [
      'ec2:CreateNetworkInterface',
      'ec2:DescribeNetworkInterfaces',
      'ec2:DescribeSubnets',
      'ec2:DeleteNetworkInterface',
      'ec2:AssignPrivateIpAddresses',
      'ec2:UnassignPrivateIpAddresses',
    ],
    Resource: '*' as const,
    Condition: { Null: { 'lambda:SourceFunctionArn': 'true' } },
  };
  return { FunctionNetwork: accessPolicy([...workflowRoles, 'SetupRole'], [statement]) };
}
