import { TandemError } from '../../../shared/errors/tandem-error.ts';
import type { DomainConfigurations } from '../../../shared/ports/domain-configuration.ts';
import { Faults } from './faults.ts';

/** The control plane of the search service in memory: access policies of domains, by name. */
export class FakeDomainConfigurations implements DomainConfigurations {
  readonly faults = new Faults<`domains.${keyof DomainConfigurations}`>();
  readonly policies = new Map<string, string>();

  async describe({ name, region }: { name: string; region: string }) {
    return this.faults.run('domains.describe', name, () => {
      const accessPolicy = this.policies.get(name);
      const arn = `arn:aws:es:${region}:111122223333:domain/${name}`;
      return accessPolicy === undefined ? undefined : { arn, accessPolicy };
    });
  }

  async setAccessPolicy({ name }: { name: string }, policy: string) {
    return this.faults.run('domains.setAccessPolicy', name, () => {
      if (!this.policies.has(name)) throw new TandemError('PROVIDER_FAILURE', `There is no domain ${name}.`);
      this.policies.set(name, policy);
    });
  }
}
