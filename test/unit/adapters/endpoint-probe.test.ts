import { createServer as createHttpServer } from 'node:http';
import { createServer, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { listenOnLoopback } from '../../../sandbox/loopback.ts';
import { endpointProbe } from '../../../shared/adapters/endpoint-probe.ts';
import { isNearAddress, isPrivateAddress } from '../../../shared/adapters/private-address.ts';

/** A server that takes connections and says nothing, whatever it does with them. */
async function silentPort(take: (socket: Socket) => void = () => {}): Promise<number> {
  const server = createServer(take);
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Those of this process from here on. */
const warnings: string[] = [];
process.on('warning', ({ message }) => void warnings.push(message));

const failing = (code: string) => async () => {
  throw Object.assign(new Error(`getaddrinfo ${code} search.example.com`), { code });
};

describe('the probe of an endpoint', () => {
  it('reaches what listens', async () => {
    const { endpoint, stop } = await listenOnLoopback(createHttpServer());
    onTestFinished(stop);

    expect(await endpointProbe().probe(endpoint)).toEqual({ reached: true });
  });

  it.each([
    ['ENOTFOUND', 'unresolved'],
    ['EAI_AGAIN', 'nameService'],
  ])('tells %s of the name service as %s', async (code, failure) => {
    const probe = endpointProbe({ addressesOf: failing(code) });

    expect(await probe.probe('https://search.example.com')).toMatchObject({ reached: false, failure });
  });

  it('tells that nothing listens', async () => {
    const probe = endpointProbe({ addressesOf: async () => ['127.0.0.1'] });

    expect(await probe.probe('http://search.example.com:1')).toMatchObject({
      reached: false,
      failure: 'refused',
      isPrivate: false,
    });
  });

  it('tells that TLS is not spoken there', async () => {
    const { endpoint, stop } = await listenOnLoopback(createHttpServer());
    onTestFinished(stop);

    expect(await endpointProbe().probe(endpoint.replace('http:', 'https:'))).toMatchObject({ failure: 'tls' });
  });

  it('tells that connections are cut off', async () => {
    const port = await silentPort((socket) => socket.destroy());

    expect(await endpointProbe().probe(`https://127.0.0.1:${port}`)).toMatchObject({ failure: 'cutOff' });
  });

  it('reaches what listens at one of several addresses, of which the first is not answered', async () => {
    const { endpoint, stop } = await listenOnLoopback(createHttpServer());
    onTestFinished(stop);
    const probe = endpointProbe({ addressesOf: async () => ['::1', '127.0.0.1'] });

    expect(await probe.probe(endpoint.replace('127.0.0.1', 'search.example.com'))).toEqual({ reached: true });
  });

  it('gives up where nothing comes back', async () => {
    const probe = endpointProbe({ milliseconds: 50 });

    expect(await probe.probe(`https://127.0.0.1:${await silentPort()}`)).toMatchObject({ failure: 'timeout' });
  });

  it('takes no address for a name in TLS, of which Node would warn once', async () => {
    await endpointProbe({ milliseconds: 50 }).probe(`https://127.0.0.1:${await silentPort()}`);
    await new Promise(setImmediate);

    expect(warnings).toEqual([]);
  });
});

describe('an address', () => {
  it.each([
    ['10.1.2.3', true],
    ['172.31.0.1', true],
    ['172.32.0.1', false],
    ['192.168.7.7', true],
    ['100.64.0.1', true],
    ['52.1.2.3', false],
    ['127.0.0.1', false],
    ['fd00::1', true],
    ['2a05:d018::1', false],
  ])('%s is private: %s', (address, expected) => {
    expect(isPrivateAddress(address)).toBe(expected);
  });

  it('is near where one of our own is of the same private network', () => {
    expect(isNearAddress('10.1.2.3', ['127.0.0.1', '10.1.99.1'])).toBe(true);
    expect(isNearAddress('10.1.2.3', ['10.2.2.3', 'fe80::1'])).toBe(false);
    expect(isNearAddress('52.1.2.3', ['52.1.2.4'])).toBe(false);
  });
});
