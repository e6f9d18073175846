import { inject } from 'vitest';
import { json } from '../../sandbox/opensearch/answer.ts';
import { startDomain } from '../../sandbox/opensearch/domain.ts';
import { administrator, administratorHeaders } from '../../sandbox/parts/security-plugin.ts';
import { connectOpenSearch } from '../../shared/adapters/opensearch/connect-opensearch.ts';
import { systemClock } from '../../shared/adapters/system-clock.ts';
import { hasCode } from '../../shared/errors/tandem-error.ts';
import type { DomainAuth, SearchDomain } from '../../shared/ports/search-domain.ts';
import type { RoleMapping, Security } from '../../shared/ports/security.ts';
import { fakeSecrets } from './fakes/secrets.ts';

const region = 'us-east-1';
const secretAccessKey = 'test';

/** The master user of the domain. */
export const master: DomainAuth = { type: 'password', ...administrator };

/** The role whose session an access key is. */
export function roleOf(accessKeyId: string): string {
  return `arn:aws:iam::000000000000:role/${accessKeyId}`;
}

/** A managed domain with fine-grained access control: the front end before the real security plugin. */
export interface SecuredDomain {
  endpoint: string;
  /** Connects as the role of an access key, which is at the same time its name. */
  as(accessKeyId: string): SearchDomain;
  /** Connects as somebody whom the plugin knows by a password. */
  with(auth: DomainAuth): SearchDomain;
  /** Has the next answer to who it is say that it is of version 7.10, as domains in compatibility mode do. */
  pretendToBeOld(): void;
  /** Asks the server itself, as its administrator. */
  call(method: string, path: string, body?: unknown): Promise<unknown>;
  stop(): Promise<void>;
}

/** @param isOpenDistro whether it speaks the older dialect alone, as Elasticsearch with Open Distro does */
export async function startSecuredDomain({ isOpenDistro = false } = {}): Promise<SecuredDomain> {
  const server = inject('securedOpenSearch');
  const domain = await startDomain({
    arn: `arn:aws:es:${region}:000000000000:domain/secured`,
    region,
    clock: systemClock,
    secretOf: async () => secretAccessKey,
    roleOf,
    server,
    store: { type: 'fs', folder: '' },
    patience: 60_000,
  });
  if (isOpenDistro) {
    const answer = json(400, { error: 'no handler found for uri [/_plugins/_security] and method [GET]', status: 400 });
    domain.faults.add({ matches: ({ path }) => path.startsWith('/_plugins/'), lost: true, answer }, 1_000);
  }
  const connect = (accessKeyId: string, auth: DomainAuth) => {
    const sources = { credentials: async () => ({ accessKeyId, secretAccessKey }), region: async () => region };
    const all = { ...sources, clock: systemClock, secrets: fakeSecrets({}) };
    return connectOpenSearch(all)({ endpoint: domain.endpoint, auth });
  };
  return {
    endpoint: domain.endpoint,
    as: (accessKeyId) => connect(accessKeyId, { type: 'sigv4' }),
    with: (auth) => connect('', auth),
    pretendToBeOld() {
      const version = { number: '7.10.2' };
      const answer = json(200, { version, tagline: 'The OpenSearch Project: https://opensearch.org/' });
      domain.faults.add({ matches: ({ path }) => path === '/', answer, lost: true });
    },
    call: (method, path, body) => callServer(server, method, path, body),
    stop: () => domain.stop(),
  };
}

/** Changes the security of the domain, which other tests change at the same time. */
export async function undisturbed(change: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      return await change();
    } catch (error) {
      if (!hasCode(error, 'SECURITY_CHANGED')) throw error;
    }
  }
}

/** Adds to a mapping, each list by itself: tried again because of the second one, the first one would be added to twice. */
export async function mapUndisturbed(security: Security, role: string, added: RoleMapping): Promise<void> {
  await undisturbed(() => security.addToMapping(role, { ...added, users: [] }));
  await undisturbed(() => security.addToMapping(role, { ...added, backendRoles: [] }));
}

async function callServer(server: string, method: string, path: string, body: unknown): Promise<unknown> {
  const headers = { ...administratorHeaders, 'content-type': 'application/json' };
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const answer = await fetch(`${server}${path}`, { method, headers, ...sent });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`);
  return JSON.parse(text);
}
