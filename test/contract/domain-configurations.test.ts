import { randomUUID } from 'node:crypto';
import { CreateDomainCommand, OpenSearchClient } from '@aws-sdk/client-opensearch';
import { describe, expect, inject, it } from 'vitest';
import { openSearchServiceDomainConfigurations } from '../../shared/adapters/opensearch-service-domain-configurations.ts';
import type { DomainConfigurations } from '../../shared/ports/domain-configuration.ts';
import { clientOf } from '../support/emulators.ts';
import { FakeDomainConfigurations } from '../support/fakes/domain-configurations.ts';

interface Subject {
  name: string;
  /** Domains with one of this access policy; answers its name. */
  open(policy: string): Promise<{ domains: DomainConfigurations; name: string }>;
}

const region = 'us-east-1';
const newName = () => `d${randomUUID().slice(0, 12)}`;

async function emulator(endpoint: string, policy: string) {
  const connect = (where: string) => new OpenSearchClient({ ...clientOf(endpoint), region: where });
  const name = newName();
  await connect(region).send(new CreateDomainCommand({ DomainName: name, AccessPolicies: policy }));
  return { domains: openSearchServiceDomainConfigurations(connect), name };
}

const subjects: Subject[] = [
  {
    name: 'the fake',
    async open(policy) {
      const domains = new FakeDomainConfigurations();
      const name = newName();
      domains.policies.set(name, policy);
      return { domains, name };
    },
  },
  { name: 'MiniStack', open: (policy) => emulator(inject('miniStack'), policy) },
  { name: 'moto', open: (policy) => emulator(inject('moto'), policy) },
];

const policy = JSON.stringify({ Version: '2012-10-17', Statement: [] });
const another = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Deny', Principal: '*' }] });

describe.each(subjects)('configurations of domains: $name', ({ open }) => {
  it('tells the ARN and the access policy of a domain, and sets the policy', async () => {
    const { domains, name } = await open(policy);

    const described = await domains.describe({ name, region });
    expect(described?.arn).toMatch(new RegExp(`^arn:aws:es:${region}:\\d{12}:domain/${name}$`));
    expect(described?.accessPolicy).toBe(policy);

    await domains.setAccessPolicy({ name, region }, another);
    expect((await domains.describe({ name, region }))?.accessPolicy).toBe(another);
  });

  it('knows no domain that is not there', async () => {
    const { domains } = await open(policy);

    expect(await domains.describe({ name: newName(), region })).toBeUndefined();
  });
});
