import { randomUUID } from 'node:crypto';
import { CreateDomainCommand, type CreateDomainCommandInput, OpenSearchClient } from '@aws-sdk/client-opensearch';
import { describe, expect, inject, it } from 'vitest';
import { openSearchServiceDomains } from '../../shared/adapters/opensearch-service-domains.ts';
import type { Domain, Domains } from '../../shared/ports/domains.ts';
import { clientOf } from '../support/emulators.ts';
import { fakeDomains } from '../support/fakes/domains.ts';

interface Subject {
  name: string;
  /** An account that has seven domains among others, whose names begin as told: more than one call describes. */
  open(): Promise<{ domains: Domains; prefix: string }>;
}

const vpc = { subnets: ['subnet-1', 'subnet-2'], securityGroups: ['sg-1'] };
const plain = ['b', 'd', 'e', 'f', 'g'];

async function emulator(endpoint: string) {
  const client = new OpenSearchClient(clientOf(endpoint));
  const prefix = `d${randomUUID().slice(0, 8)}`;
  const create = (name: string, input: Omit<CreateDomainCommandInput, 'DomainName'>) =>
    client.send(new CreateDomainCommand({ DomainName: `${prefix}-${name}`, ...input }));
  await create('c', {
    EngineVersion: 'Elasticsearch_7.10',
    AdvancedSecurityOptions: { Enabled: true, InternalUserDatabaseEnabled: true },
  });
  await create('a', {
    EngineVersion: 'OpenSearch_2.11',
    VPCOptions: { SubnetIds: vpc.subnets, SecurityGroupIds: vpc.securityGroups },
  });
  for (const name of plain) await create(name, { EngineVersion: 'OpenSearch_3.3' });
  return { domains: openSearchServiceDomains(client), prefix };
}

async function fake() {
  const domain = (name: string, more: Partial<Domain>): Domain => ({
    name: `d-${name}`,
    endpoint: `https://d-${name}.us-east-1.es.amazonaws.com`,
    engine: 'OpenSearch 3.3',
    access: 'iam',
    vpc: undefined,
    ...more,
  });
  const domains = fakeDomains([
    domain('c', { engine: 'Elasticsearch 7.10', access: 'fine-grained' }),
    domain('a', { engine: 'OpenSearch 2.11', vpc }),
    ...plain.map((name) => domain(name, {})),
  ]);
  return { domains, prefix: 'd' };
}

const subjects: Subject[] = [
  { name: 'the fake', open: fake },
  { name: 'MiniStack', open: () => emulator(inject('miniStack')) },
  { name: 'moto', open: () => emulator(inject('moto')) },
];

describe.each(subjects)('domains: $name', ({ open }) => {
  it('tells each with its address, version, access and network', async () => {
    const { domains, prefix } = await open();

    const listed = (await domains.list()).filter(({ name }) => name.startsWith(`${prefix}-`));

    const endpoint = expect.stringMatching(new RegExp(`^https://${prefix}-[a-g]\\.us-east-1\\.`));
    const usual = { endpoint, engine: 'OpenSearch 3.3', access: 'iam', vpc: undefined };
    expect(listed).toEqual([
      { ...usual, name: `${prefix}-a`, engine: 'OpenSearch 2.11', vpc },
      { ...usual, name: `${prefix}-b` },
      { ...usual, name: `${prefix}-c`, engine: 'Elasticsearch 7.10', access: 'fine-grained' },
      ...['d', 'e', 'f', 'g'].map((name) => ({ ...usual, name: `${prefix}-${name}` })),
    ]);
  });
});

describe('domains: with credentials that nobody knows', () => {
  it('says so', async () => {
    const credentials = { accessKeyId: 'nobody', secretAccessKey: 'nobody' };
    const client = new OpenSearchClient({ ...clientOf(inject('miniStack')), credentials });

    await expect(openSearchServiceDomains(client).list()).rejects.toMatchObject({ code: 'CREDENTIALS_MISSING' });
  });
});
