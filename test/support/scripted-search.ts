import { afterEach } from 'vitest';
import { type SearchHttpOptions, searchHttp } from '../../shared/adapters/opensearch/search-http.ts';
import { FakeClock } from './fakes/clock.ts';
import { fakeSecrets } from './fakes/secrets.ts';
import { type Scripted, startScriptedServer } from './scripted-server.ts';

export const keys = {
  accessKeyId: 'AKIATANDEM',
  secretAccessKey: 'the secret of the key',
  sessionToken: 'a/session+token==',
};

const stops: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

/** What a client of a domain is made with, unless a test says otherwise. */
export function searchOptions(endpoint: string, options: Partial<SearchHttpOptions> = {}): SearchHttpOptions {
  return {
    endpoint,
    auth: { type: 'none' },
    clock: new FakeClock(),
    credentials: async () => keys,
    region: async () => 'eu-west-1',
    secrets: fakeSecrets({}),
    ...options,
  };
}

/** A client of a scripted server, which is stopped after the test. */
export async function scriptedSearch(script: Scripted[], options: Partial<SearchHttpOptions> = {}) {
  const server = await startScriptedServer(...script);
  stops.push(server.stop);
  const all = searchOptions(server.endpoint, options);
  return { ...server, clock: all.clock, http: searchHttp(all) };
}
