import type { SetUpAccount } from '../../../cli/setup/account.ts';
import { TandemError } from '../../../shared/errors/tandem-error.ts';
import type { DeployedFunctions } from '../../../shared/ports/deployed-functions.ts';
import type { Executions } from '../../../shared/ports/executions.ts';
import type { OpenCatalog } from '../../../shared/ports/object-store.ts';
import type { DomainAuth, SearchDomain } from '../../../shared/ports/search-domain.ts';
import { FakeDomainConfigurations } from './domain-configurations.ts';
import { FakeIdentities } from './identities.ts';
import { fakeSecrets } from './secrets.ts';

interface FakeFunction {
  role: string;
  answer(input: object): Promise<unknown>;
}

/** What a set-up asks of an account, in memory. */
export class FakeSetUpAccount {
  readonly identities = new FakeIdentities();
  /** The ARN of whoever asks. */
  caller = 'arn:aws:sts::111122223333:assumed-role/operator/session';
  readonly domains = new FakeDomainConfigurations();
  readonly secrets: Record<string, string> = {};
  /** The functions that are deployed, by name. */
  readonly functions = new Map<string, FakeFunction>();
  /** The domain as it is for who connects so, where that is not the same for all. */
  domainFor: ((auth: DomainAuth) => SearchDomain) | undefined;
  /** How the domain was connected to. */
  readonly connections: DomainAuth[] = [];
  /** What the functions were called with. */
  readonly called: object[] = [];

  as(
    executions: Executions,
    world: { search: SearchDomain; otherDomains: ReadonlyMap<string, SearchDomain>; buckets: { open: OpenCatalog } },
  ): SetUpAccount {
    const functions: DeployedFunctions = {
      role: async (name) => this.functions.get(name)?.role,
      call: async (name, input) => {
        this.called.push(input);
        const found = this.functions.get(name);
        if (found === undefined) throw new TandemError('PROVIDER_FAILURE', `There is no function ${name}.`);
        return found.answer(input);
      },
    };
    return {
      executions,
      functions,
      identities: this.identities,
      account: {
        identity: async () => ({
          id: '111122223333',
          partition: 'aws',
          region: 'eu-west-1',
          arn: this.caller,
          answeredAt: undefined,
        }),
      },
      domains: this.domains,
      secrets: fakeSecrets(this.secrets),
      openSnapshotBucket: (bucket) => world.buckets.open(bucket),
      connectSearch: ({ auth, endpoint }) => {
        this.connections.push(auth);
        return this.domainFor?.(auth) ?? world.otherDomains.get(endpoint) ?? world.search;
      },
      region: async () => 'eu-west-1',
    };
  }
}
