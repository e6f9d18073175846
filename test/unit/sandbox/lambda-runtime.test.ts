import { cp, mkdir, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join, resolve } from 'node:path';
import { json } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { listenOnLoopback } from '../../../sandbox/loopback.ts';
import { GuardedProcess } from '../../../sandbox/processes/guarded-process.ts';
import { temporaryFolder } from '../../support/sandbox-processes/temporary-sandbox.ts';

const deployment = resolve(import.meta.dirname, '../../../sandbox/deployment');

/** A function's package as the emulator unpacks it. */
async function functionPackage(code: string): Promise<string> {
  const folder = await temporaryFolder();
  await cp(join(deployment, 'bootstrap'), join(folder, 'bootstrap'));
  await cp(join(deployment, 'lambda-runtime.ts'), join(folder, 'lambda-runtime.mts'));
  await mkdir(join(folder, 'functions'));
  await writeFile(join(folder, 'functions/step.js'), code);
  return folder;
}

/** Hands the events to the runtime one after the other, and answers what it posted for each. */
async function invoke(code: string, events: unknown[]): Promise<{ path: string | undefined; body: unknown }[]> {
  const posted: { path: string | undefined; body: unknown }[] = [];
  const done = Promise.withResolvers<void>();
  const pending = events.map((event, position) => ({ id: `id-${position}`, event }));
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    if (request.method === 'POST') {
      posted.push({ path: request.url, body: await json(request) });
      response.writeHead(202).end();
      return;
    }
    const next = pending.shift();
    if (next === undefined) return done.resolve();
    response.writeHead(200, {
      'Lambda-Runtime-Aws-Request-Id': next.id,
      'Lambda-Runtime-Deadline-Ms': '4102444800000',
      'Lambda-Runtime-Invoked-Function-Arn': 'arn:aws:lambda:us-east-1:000000000000:function:step',
    });
    response.end(JSON.stringify(next.event));
  };
  const server = createServer((request, response) => void answer(request, response).catch(done.reject));
  const { endpoint, stop } = await listenOnLoopback(server);

  const folder = await functionPackage(code);
  const runtime = new GuardedProcess(
    {
      command: process.execPath,
      args: [join(folder, 'bootstrap')],
      environment: {
        AWS_LAMBDA_RUNTIME_API: new URL(endpoint).host,
        AWS_LAMBDA_FUNCTION_NAME: 'step',
        LAMBDA_TASK_ROOT: folder,
        _HANDLER: 'functions/step.handler',
      },
      folder,
    },
    'pipe',
  );
  const ended = runtime.ended.then((code) => Promise.reject(new Error(`The runtime ended with ${code}.`)));
  try {
    await Promise.race([done.promise, ended]);
  } finally {
    await stop();
    await runtime.stop();
  }
  return posted;
}

test('the answer of a handler is posted for its request, and the same process takes the next one', async () => {
  const code = 'let calls = 0; exports.handler = async (event) => ({ ...event, calls: ++calls });';

  expect(await invoke(code, [{ plan: 'a' }, { plan: 'b' }])).toEqual([
    { path: '/2018-06-01/runtime/invocation/id-0/response', body: { plan: 'a', calls: 1 } },
    { path: '/2018-06-01/runtime/invocation/id-1/response', body: { plan: 'b', calls: 2 } },
  ]);
});

test('a handler is told its request, its function and how long it may still take', async () => {
  const code = 'exports.handler = async (_, context) => ({ ...context, left: context.getRemainingTimeInMillis() });';

  const [answer] = await invoke(code, [{}]);

  expect(answer?.body).toEqual({
    awsRequestId: 'id-0',
    functionName: 'step',
    invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:step',
    left: expect.any(Number),
  });
  expect(answer?.body).toHaveProperty(
    'left',
    expect.toSatisfy((left) => left > 0 && left < 4102444800000),
  );
});

test('an error keeps its name, as on Lambda, and the next request is served', async () => {
  const code = `exports.handler = async ({ fail }) => {
    if (fail) throw Object.assign(new Error('no'), { name: 'GuardRefusedError' });
  };`;

  expect(await invoke(code, [{ fail: true }, {}])).toEqual([
    {
      path: '/2018-06-01/runtime/invocation/id-0/error',
      body: { errorType: 'GuardRefusedError', errorMessage: 'no', trace: expect.any(Array) },
    },
    { path: '/2018-06-01/runtime/invocation/id-1/response', body: null },
  ]);
});

test('a package whose code cannot be loaded ends the process instead of waiting for requests', async () => {
  await expect(invoke('throw new Error("broken")', [{}])).rejects.toThrow('The runtime ended with 1.');
});
