import {
  DescribeDomainCommand,
  DescribeDomainConfigCommand,
  type OpenSearchClient,
  UpdateDomainConfigCommand,
} from '@aws-sdk/client-opensearch';
import * as z from 'zod';
import type { DomainConfigurations } from '../ports/domain-configuration.ts';
import { ask, undefinedOn, understand } from './aws-call.ts';

/** The control plane of Amazon OpenSearch Service. @param connect makes a client for a region, which a domain belongs to */
export function openSearchServiceDomainConfigurations(
  connect: (region: string) => OpenSearchClient,
): DomainConfigurations {
  return {
    async describe({ name, region }) {
      const client = connect(region);
      const described = await ask(client, `DescribeDomain ${name}`, () =>
        client.send(new DescribeDomainCommand({ DomainName: name })).catch(undefinedOn('ResourceNotFoundException')),
      );
      if (described === undefined) return undefined;
      // A policy that was just set is here at once, and in DescribeDomain only when it is in force.
      const what = `DescribeDomainConfig ${name}`;
      const { DomainConfig } = await ask(client, what, () =>
        client.send(new DescribeDomainConfigCommand({ DomainName: name })),
      );
      const arn = understand(z.string(), described.DomainStatus?.ARN, `DescribeDomain ${name}`);
      return { arn, accessPolicy: DomainConfig?.AccessPolicies?.Options ?? '' };
    },

    async setAccessPolicy({ name, region }, policy) {
      const client = connect(region);
      const command = new UpdateDomainConfigCommand({ DomainName: name, AccessPolicies: policy });
      await ask(client, `UpdateDomainConfig ${name}`, () => client.send(command));
    },
  };
}
