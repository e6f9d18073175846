import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { TandemError } from '../../shared/errors/tandem-error.ts';

const loopback = '127.0.0.1';

const attempts = 100;

/** A port on 127.0.0.1 that nothing listens on at the moment. */
export async function freePort(): Promise<number> {
  const server = await listen(0);
  const address = server.address();
  await close(server);
  if (address === null || typeof address === 'string') throw new Error('A server that listens on a port has none.');
  return address.port;
}

/**
 * The first of a number of adjacent ports on 127.0.0.1 that nothing listens on at the moment.
 *
 * @param range the lowest and the highest port that may be chosen.
 * @throws TandemError SANDBOX_PORT_TAKEN where none are found.
 */
export async function freePortRun(count: number, [lowest, highest]: readonly [number, number]): Promise<number> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const first = randomInt(lowest, highest - count + 2);
    if ((await takenPort(portRun(first, count))) === undefined) return first;
  }
  throw new TandemError('SANDBOX_PORT_TAKEN', `No ${count} free ports lie together from ${lowest} to ${highest}.`);
}

export function portRun(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, offset) => first + offset);
}

/** The first of the ports that cannot be listened on, or undefined where all are free. */
export async function takenPort(ports: number[]): Promise<number | undefined> {
  for (const port of ports) {
    try {
      await close(await listen(port));
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return port;
      throw error;
    }
  }
  return undefined;
}

async function listen(port: number): Promise<Server> {
  const server = createServer();
  await once(server.listen(port, loopback), 'listening');
  return server;
}

async function close(server: Server): Promise<void> {
  await once(server.close(), 'close');
}
