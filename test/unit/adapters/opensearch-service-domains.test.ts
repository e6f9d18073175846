import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { OpenSearchClient } from '@aws-sdk/client-opensearch';
import { describe, expect, it, onTestFinished } from 'vitest';
import * as z from 'zod';
import { listenOnLoopback } from '../../../sandbox/loopback.ts';
import { openSearchServiceDomains } from '../../../shared/adapters/opensearch-service-domains.ts';
import { clientOf } from '../../support/emulators.ts';

const askedSchema = z.object({ DomainNames: z.array(z.string()) });
const tooMany = 'Please provide a maximum of 5 domain names to describe.';

/** A service with these domains, each of which has what is told of it. */
async function serviceWith(statuses: Record<string, object>) {
  const server = createServer(async (incoming, outgoing) => {
    if (incoming.method === 'GET') {
      outgoing.end(JSON.stringify({ DomainNames: Object.keys(statuses).map((DomainName) => ({ DomainName })) }));
      return;
    }
    const { DomainNames: asked } = askedSchema.parse(await json(incoming));
    const DomainStatusList = asked.map((DomainName) => ({ DomainName, ...statuses[DomainName] }));
    if (asked.length > 5) {
      outgoing.setHeader('x-amzn-errortype', 'ValidationException').writeHead(400);
      outgoing.end(JSON.stringify({ message: tooMany }));
    } else outgoing.end(JSON.stringify({ DomainStatusList }));
  });
  const { endpoint, stop } = await listenOnLoopback(server);
  onTestFinished(stop);
  return openSearchServiceDomains(new OpenSearchClient({ ...clientOf(endpoint), maxAttempts: 1 }));
}

describe('the domains of OpenSearch Service', () => {
  it('are described five at a time, which is what the service takes', async () => {
    const names = Array.from({ length: 12 }, (_, number) => `domain-${String(number).padStart(2, '0')}`);
    const domains = await serviceWith(
      Object.fromEntries(names.map((name) => [name, { EngineVersion: 'OpenSearch_3.3', Endpoint: name }])),
    );

    expect((await domains.list()).map(({ name }) => name)).toEqual(names);
  });

  it.each([
    ['made', { Processing: true }],
    ['deleted', { Deleted: true, Endpoint: 'search-x.es.amazonaws.com', Endpoints: { vpc: 'vpc-x.es.amazonaws.com' } }],
  ])('have no address while they are being %s', async (_case, status) => {
    const domains = await serviceWith({ x: { EngineVersion: 'OpenSearch_3.3', ...status } });

    expect(await domains.list()).toEqual([
      { name: 'x', endpoint: undefined, engine: 'OpenSearch 3.3', access: 'iam', vpc: undefined },
    ]);
  });

  it('are none where there is none', async () => {
    expect(await (await serviceWith({})).list()).toEqual([]);
  });
});
