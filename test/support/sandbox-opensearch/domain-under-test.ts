import { afterEach } from 'vitest';
import { type Domain, startDomain } from '../../../sandbox/opensearch/domain.ts';
import { HeldClock } from '../fakes/held-clock.ts';
import { type Call, key, type Reply, type Signing, send, signed } from './signed-client.ts';
import { startTinySearchServer } from './tiny-search-server.ts';

type Options = Parameters<typeof startDomain>[0];

export const domainArn = 'arn:aws:es:eu-west-1:000000000000:domain/app';
export const snapshotRole = 'arn:aws:iam::000000000000:role/snapshots';

const stops: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

/** A domain before a tiny search server, stopped after the test, and a client that signs for it. */
export async function domainUnderTest(options: Partial<Options> = {}, clock = new HeldClock()) {
  const server = await startTinySearchServer();
  const domain: Domain = await startDomain({
    arn: domainArn,
    region: 'eu-west-1',
    clock,
    secretOf: async (accessKeyId) => (accessKeyId === key.accessKeyId ? key.secretAccessKey : undefined),
    server: server.address,
    store: { type: 's3', endpoint: '127.0.0.1:4566', region: 'eu-west-1', accessKeyId: 'own', secretAccessKey: 'own' },
    patience: 60_000,
    ...options,
  });
  stops.push(domain.stop, server.stop);
  return {
    clock,
    server,
    domain,
    unsigned: (call: Call): Promise<Reply> => send(domain.endpoint, call),
    client: (call: Call, signing: Signing = {}): Promise<Reply> =>
      send(domain.endpoint, signed(domain.endpoint, call, { at: clock.now(), ...signing })),
    /** Signs without sending. */
    sign: (call: Call, signing: Signing = {}): Call => signed(domain.endpoint, call, { at: clock.now(), ...signing }),
  };
}
