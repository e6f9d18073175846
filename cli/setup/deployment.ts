import { type DomainRequests, type DomainUser, domainRequests } from '../../shared/core/domain-access.ts';
import { hasCode } from '../../shared/errors/tandem-error.ts';
import { findStateMachine } from '../deployed/find-state-machine.ts';
import type { SetUpAccount } from './account.ts';

/** What is deployed, as far as a set-up has to know it. */
export interface Deployment {
  /** The roles of the two workflows. */
  backup: DomainUser | undefined;
  restore: DomainUser | undefined;
  /** The function that sets domains up, from inside their network, and its role. */
  setUp: { functionName: string; user: DomainUser } | undefined;
}

type Account = Pick<SetUpAccount, 'executions' | 'functions'>;

/**
 * Finds Tandem's deployment in the account.
 *
 * @param stage not needed where there is one alone
 * @returns undefined where there is none, and none is named
 * @throws TandemError STAGE_UNCLEAR, NOT_DEPLOYED for a stage that is named
 */
export async function findDeployment(account: Account, stage: string | undefined): Promise<Deployment | undefined> {
  try {
    const { name } = await findStateMachine(account.executions, 'backup', stage);
    return await deploymentOf(account, name.replace(/-backup$/, ''));
  } catch (error) {
    if (stage === undefined && hasCode(error, 'NOT_DEPLOYED', 'SERVICE_NOT_OFFERED')) return undefined;
    throw error;
  }
}

/** The Serverless Framework names a function by service, stage and its own name. */
async function deploymentOf({ functions }: Account, prefix: string): Promise<Deployment> {
  const functionName = `${prefix}-setUpDomain`;
  const [backup, restore, setUp] = await Promise.all(
    [`${prefix}-planBackup`, `${prefix}-planRestore`, functionName].map((name) => functions.role(name)),
  );
  const setUpUser = userOf(setUp, domainRequests.setup, true);
  return {
    backup: userOf(backup, domainRequests.backup, true),
    restore: userOf(restore, domainRequests.restore, false),
    setUp: setUpUser && { functionName, user: setUpUser },
  };
}

function userOf(principal: string | undefined, requests: DomainRequests, registers: boolean): DomainUser | undefined {
  return principal === undefined ? undefined : { principal, requests, registers };
}
