import {
  composeDeployedFunctions,
  composeDomainConfigurations,
  composeIdentities,
  composeSecrets,
} from '../../shared/lambda/account.ts';
import { composeSnapshotBuckets } from '../../shared/lambda/catalog.ts';
import { composeRegion, composeSearch } from '../../shared/lambda/search.ts';
import type { Account } from '../../shared/ports/account.ts';
import type { DeployedFunctions } from '../../shared/ports/deployed-functions.ts';
import type { Executions } from '../../shared/ports/executions.ts';
import type { OpenCatalog } from '../../shared/ports/object-store.ts';
import type { ConnectSearch } from '../../shared/ports/search-domain.ts';
import type { Secrets } from '../../shared/ports/secrets.ts';
import type { DomainAccessPorts } from '../../shared/steps/setup/domain-access.ts';

/** What a set-up asks of an account, beside the plan's domain. */
export interface SetUpAccount extends DomainAccessPorts {
  executions: Pick<Executions, 'machines'>;
  functions: DeployedFunctions;
  secrets: Secrets;
  openSnapshotBucket: OpenCatalog;
  connectSearch: ConnectSearch;
  region: () => Promise<string>;
}

/** The account that the environment names. */
export function realAccount(executions: Executions, account: Account): SetUpAccount {
  return {
    account,
    executions,
    functions: composeDeployedFunctions(),
    secrets: composeSecrets(),
    openSnapshotBucket: composeSnapshotBuckets(),
    connectSearch: composeSearch(),
    region: composeRegion(),
    domains: composeDomainConfigurations(),
    identities: composeIdentities(),
  };
}
