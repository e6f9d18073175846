import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { answerOf } from '../../../sandbox/processes/answer.ts';
import { freePort, freePortRun } from '../../../sandbox/processes/ports.ts';
import { SandboxRun } from '../../../sandbox/processes/run.ts';
import { type Recipe, startServer } from '../../../sandbox/processes/server.ts';
import { FakeClock } from '../../support/fakes/clock.ts';
import { temporaryRun, temporarySandbox } from '../../support/sandbox-processes/temporary-sandbox.ts';

async function takePort(port = 0): Promise<number> {
  const server = createServer((socket) => socket.destroy()).listen(port, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** A program that answers `up` on its port, or does what is told instead. */
function recipe(instead?: string, ports: number[] = []): Recipe {
  const program = (port: number) =>
    instead ?? `require('http').createServer((_, answer) => answer.end('up')).listen(${port}, '127.0.0.1')`;
  return {
    name: 'Example',
    choosePorts: async () => [ports.shift() ?? (await freePort())],
    prepare: async ({ ports: [port] }) => ({ command: process.execPath, args: ['-e', program(port)], environment: {} }),
    isReady: async ({ ports: [port] }) => (await answerOf(`http://127.0.0.1:${port}`)) === 'up',
  };
}

test('a server that was started answers, and no more when it is stopped', async () => {
  const { run } = await temporaryRun();
  const server = await startServer(run, recipe());
  await expect.poll(() => answerOf(server.endpoint)).toBe('up');
  expect(existsSync(server.logFile)).toBe(true);

  await run.stop();
  expect(await answerOf(server.endpoint)).toBeUndefined();
  expect(existsSync(run.folder)).toBe(false);
});

test('a server that ends before it is ready is an error with the end of its log', async () => {
  const { run } = await temporaryRun();
  await expect(startServer(run, recipe('console.error("no memory left"); process.exit(1)'))).rejects.toMatchObject({
    name: 'InvalidRequestError',
    code: 'SANDBOX_PART_FAILED',
    message: 'Example ended before it was ready. The end of its log:\nno memory left',
  });
});

test('a server that never gets ready is an error, and is stopped', async () => {
  const context = { ...(await temporarySandbox()), clock: new FakeClock() };
  const run = await SandboxRun.open(context);
  onTestFinished(() => run.stop());
  const starting = startServer(run, recipe('setInterval(() => {}, 1000)'));
  await expect(starting).rejects.toMatchObject({
    code: 'SANDBOX_PART_FAILED',
    message: expect.stringContaining('Example was not ready in time'),
  });
});

test('where the port was taken between the choice and the start, another one is chosen', async () => {
  const { run, context } = await temporaryRun();
  const taken = await takePort();
  const server = await startServer(run, recipe(undefined, [taken]));
  expect(server.port).not.toBe(taken);
  await expect.poll(() => answerOf(server.endpoint)).toBe('up');
  expect(context.reports).toEqual([`Port ${taken} was taken meanwhile; Example is started again on another one.`]);
});

test('a server that finds all its ports taken is given up', async () => {
  const { run, context } = await temporaryRun();
  const taken = await takePort();
  const starting = startServer(run, recipe(undefined, [taken, taken, taken]));
  await expect(starting).rejects.toMatchObject({ code: 'SANDBOX_PART_FAILED' });
  expect(context.reports).toHaveLength(2);
});

test('nothing is started in a run that is stopped', async () => {
  const { run } = await temporaryRun();
  await run.stop();
  await expect(startServer(run, recipe())).rejects.toThrow();
});

test('adjacent ports are chosen where all of them are free', async () => {
  const first = await freePortRun(3, [4_600, 9_299]);
  expect(await freePortRun(3, [first, first + 2])).toBe(first);

  await takePort(first + 1);
  await expect(freePortRun(3, [first, first + 2])).rejects.toMatchObject({ code: 'SANDBOX_PORT_TAKEN' });
});
