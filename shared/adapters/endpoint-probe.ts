import { lookup } from 'node:dns/promises';
import { connect, isIP, type LookupFunction, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { connect as connectTls } from 'node:tls';
import * as z from 'zod';
import type { Contact, EndpointProbe } from '../ports/endpoint-probe.ts';
import { isNearAddress, isPrivateAddress } from './private-address.ts';

type Failure = Exclude<Contact, { reached: true }>['failure'];

interface ProbeOptions {
  /** How long the connection and TLS may take together. */
  milliseconds?: number;
  /** What looks a name up. */
  addressesOf?: (host: string) => Promise<string[]>;
}

const errorSchema = z.object({
  code: z.string().catch(''),
  message: z.string().catch(''),
  /** The words of OpenSSL, without where in its source they are. */
  reason: z.string().optional().catch(undefined),
});

/** Connects as far as TLS, to whichever address of the name answers first, and hangs up. */
export function endpointProbe({ milliseconds = 5_000, addressesOf = resolve }: ProbeOptions = {}): EndpointProbe {
  return {
    async probe(endpoint) {
      const { hostname, port, protocol } = new URL(endpoint);
      const host = hostname.replace(/^\[(.*)\]$/, '$1');
      let addresses: string[];
      try {
        addresses = await addressesOf(host);
      } catch (error) {
        return { reached: false, ...nameFailure(error), isPrivate: false, isNear: false };
      }
      const isTls = protocol === 'https:';
      const where = { host, port: Number(port) || (isTls ? 443 : 80), lookup: lookupOf(addresses) };
      // TLS knows names, and takes no address for one.
      const name = isIP(host) === 0 ? { servername: host } : {};
      try {
        await connected(isTls ? connectTls({ ...where, ...name }) : connect(where), isTls, milliseconds);
        return { reached: true };
      } catch (error) {
        const address = addresses.find(isPrivateAddress) ?? '';
        const place = { isPrivate: isPrivateAddress(address), isNear: isNearAddress(address, ownAddresses()) };
        return { reached: false, ...connectionFailure(error), ...place };
      }
    },
  };
}

async function resolve(host: string): Promise<string[]> {
  return (await lookup(host, { all: true })).map(({ address }) => address);
}

/** Answers addresses that are known already. */
function lookupOf(addresses: string[]): LookupFunction {
  return (_host, _options, answer) =>
    answer(
      null,
      addresses.map((address) => ({ address, family: isIP(address) })),
    );
}

function connected(socket: Socket, isTls: boolean, milliseconds: number): Promise<void> {
  const { promise, resolve: succeed, reject } = Promise.withResolvers<void>();
  socket.setTimeout(milliseconds, () => reject(Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' })));
  socket.once(isTls ? 'secureConnect' : 'connect', () => succeed());
  socket.once('error', reject);
  return promise.finally(() => socket.destroy());
}

function nameFailure(error: unknown): { failure: Failure; why: string } {
  const { code, message } = errorSchema.parse(error);
  return { failure: code === 'ENOTFOUND' ? 'unresolved' : 'nameService', why: message };
}

/** What is neither of these went wrong in TLS: a certificate, or a server that speaks something else. */
function connectionFailure(error: unknown): { failure: Failure; why: string } {
  const { code, message, reason } = errorSchema.parse(error);
  const byCode: Record<string, Failure> = {
    ETIMEDOUT: 'timeout',
    ECONNREFUSED: 'refused',
    EHOSTUNREACH: 'noRoute',
    ENETUNREACH: 'noRoute',
    ECONNRESET: 'cutOff',
    EPIPE: 'cutOff',
  };
  return { failure: byCode[code] ?? 'tls', why: reason ?? (message || code) };
}

function ownAddresses(): string[] {
  return Object.values(networkInterfaces()).flatMap((addresses = []) => addresses.map(({ address }) => address));
}
