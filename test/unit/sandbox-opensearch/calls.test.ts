import { describe, expect, it } from 'vitest';
import { domainUnderTest } from '../../support/sandbox-opensearch/domain-under-test.ts';

describe('the calls made', () => {
  it('are recorded with what was asked, by whom, and how it was answered', async () => {
    const { client, unsigned, domain } = await domainUnderTest();
    await client({ path: '/_cluster/health?level=indices' });
    await client({ method: 'POST', path: '/_cluster/reroute' });
    await unsigned({ method: 'DELETE', path: '/a' });
    domain.faults.add({ matches: () => true, cut: 'before' });
    await client({ method: 'HEAD', path: '/a' }).catch(() => undefined);
    const at = '2026-01-01T00:00:00.000Z';
    const accessKeyId = 'AKIATANDEM';
    expect(domain.calls.calls).toEqual([
      { at, method: 'GET', url: '/_cluster/health?level=indices', action: 'es:ESHttpGet', accessKeyId, status: 200 },
      { at, method: 'POST', url: '/_cluster/reroute', action: 'es:ESHttpPost', accessKeyId, status: 401 },
      { at, method: 'DELETE', url: '/a', action: 'es:ESHttpDelete', accessKeyId: undefined, status: 403 },
      { at, method: 'HEAD', url: '/a', action: 'es:ESHttpHead', accessKeyId, status: undefined },
    ]);
  });

  it('can be read and forgotten by another process, without a signature', async () => {
    const { client, unsigned } = await domainUnderTest();
    await client({ path: '/a' });
    const read = async () => JSON.parse((await unsigned({ path: '/_sandbox/calls' })).text);
    expect(await read()).toMatchObject([{ method: 'GET', url: '/a', status: 200 }]);
    await unsigned({ method: 'DELETE', path: '/_sandbox/calls' });
    expect(await read()).toEqual([]);
  });
});
