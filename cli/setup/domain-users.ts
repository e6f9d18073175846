import type { SearchPlan } from '../../shared/contracts/plan-file.ts';
import { type DomainUser, workingRequests } from '../../shared/core/domain-access.ts';
import { whoIs } from '../../shared/steps/who-is.ts';
import type { SetupOptions } from '../options.ts';
import type { SetUpAccount } from './account.ts';
import type { Deployment } from './deployment.ts';

/**
 * Who is to work with the domain: those who are named, or else the roles of the deployment, or else whoever asks, who then
 * runs Tandem himself. Where requests are not signed, nobody else of IAM. To a domain that is only restored to, no backup goes.
 */
export async function domainUsers(
  { auth }: SearchPlan,
  { roleArn, toEndpoint }: Pick<SetupOptions, 'roleArn' | 'toEndpoint'>,
  deployment: Deployment | undefined,
  { account, identities }: Pick<SetUpAccount, 'account' | 'identities'>,
): Promise<DomainUser[]> {
  if (roleArn !== undefined) return roleArn.map(worker);
  if (auth.type !== 'sigv4') return [];
  if (deployment !== undefined) {
    const { backup, restore } = deployment;
    return (toEndpoint === undefined ? [backup, restore] : [restore]).filter((user) => user !== undefined);
  }
  return [worker(await whoIs((await account.identity()).arn, identities))];
}

function worker(principal: string): DomainUser {
  return { principal, requests: workingRequests, registers: true };
}
