import { DescribeDomainsCommand, ListDomainNamesCommand, type OpenSearchClient } from '@aws-sdk/client-opensearch';
import * as z from 'zod';
import type { Domain, Domains } from '../ports/domains.ts';
import { ask, understand } from './aws-call.ts';

/** DescribeDomains refuses more than five names. */
const namesACall = 5;

const domainSchema = z
  .object({
    DomainName: z.string(),
    EngineVersion: z.string(),
    /** True from the request on until it is gone; so long it may tell its address still. */
    Deleted: z.boolean().optional(),
    Endpoint: z.string().optional(),
    /** Of a domain in a VPC. */
    Endpoints: z.object({ vpc: z.string().optional() }).optional(),
    AdvancedSecurityOptions: z.object({ Enabled: z.boolean().optional() }).optional(),
    VPCOptions: z
      .object({ SubnetIds: z.array(z.string()).default([]), SecurityGroupIds: z.array(z.string()).default([]) })
      .optional(),
  })
  .transform((status): Domain => {
    const host = status.Deleted === true ? undefined : (status.Endpoint ?? status.Endpoints?.vpc);
    const { SubnetIds: subnets = [], SecurityGroupIds: securityGroups = [] } = status.VPCOptions ?? {};
    return {
      name: status.DomainName,
      endpoint: host && `https://${host}`,
      engine: status.EngineVersion.replace('_', ' '),
      access: status.AdvancedSecurityOptions?.Enabled === true ? 'fine-grained' : 'iam',
      vpc: subnets.length > 0 && securityGroups.length > 0 ? { subnets, securityGroups } : undefined,
    };
  });

/** The domains of Amazon OpenSearch Service in an account and region, those of Elasticsearch among them. */
export function openSearchServiceDomains(client: OpenSearchClient): Domains {
  async function names(): Promise<string[]> {
    const { DomainNames = [] } = await ask(client, 'ListDomainNames', () =>
      client.send(new ListDomainNamesCommand({})),
    );
    return DomainNames.flatMap(({ DomainName }) => DomainName ?? []).sort();
  }

  async function describe(some: string[]): Promise<Domain[]> {
    const what = `DescribeDomains ${some.join(', ')}`;
    const command = new DescribeDomainsCommand({ DomainNames: some });
    const { DomainStatusList } = await ask(client, what, () => client.send(command));
    return understand(z.array(domainSchema), DomainStatusList, what);
  }

  return {
    async list() {
      const all = await names();
      const domains: Domain[] = [];
      for (let start = 0; start < all.length; start += namesACall) {
        domains.push(...(await describe(all.slice(start, start + namesACall))));
      }
      return domains.sort((one, other) => (one.name < other.name ? -1 : 1));
    },
  };
}
