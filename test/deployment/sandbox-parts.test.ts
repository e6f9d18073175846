import { execFileSync } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { CreateFunctionCommand, InvokeCommand, LambdaClient, waitUntilFunctionActiveV2 } from '@aws-sdk/client-lambda';
import { expect, onTestFinished, test, vi } from 'vitest';
import { z } from 'zod';
import { fetchParts } from '../../sandbox/parts/fetch-parts.ts';
import { fetchJars } from '../../sandbox/parts/jars.ts';
import { startSearchEngine } from '../../sandbox/parts/search-part.ts';
import { answerOf } from '../../sandbox/processes/answer.ts';
import { projectSandboxFolder } from '../../sandbox/processes/context.ts';
import { freePort } from '../../sandbox/processes/ports.ts';
import { SandboxRun } from '../../sandbox/processes/run.ts';
import { systemClock } from '../../shared/adapters/system-clock.ts';
import { clientOf } from '../support/emulators.ts';
import { functionThatTells } from '../support/sandbox-processes/function-that-tells.ts';
import { listenersOf } from '../support/sandbox-processes/listeners.ts';
import { isRunning, killOutright, nextLine, startProgram } from '../support/sandbox-processes/program.ts';
import { temporaryFolder, temporaryRun } from '../support/sandbox-processes/temporary-sandbox.ts';

async function openRun(): Promise<SandboxRun> {
  const run = await SandboxRun.open({ folder: projectSandboxFolder, report: console.log, clock: systemClock });
  onTestFinished(() => run.stop());
  return run;
}

/** Deploys a function that tells about itself, and asks it. */
async function askFunction(aws: string) {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'bootstrap'), functionThatTells, { mode: 0o755 });
  execFileSync('python3', ['-m', 'zipfile', '-c', 'code.zip', 'bootstrap'], { cwd: folder });
  const trust = { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' };
  const policy = JSON.stringify({ Version: '2012-10-17', Statement: [trust] });
  const create = new CreateRoleCommand({ RoleName: 'teller', AssumeRolePolicyDocument: policy });
  const role = await new IAMClient(clientOf(aws)).send(create);
  const client = new LambdaClient(clientOf(aws));
  const name = { FunctionName: 'teller' };
  await client.send(
    new CreateFunctionCommand({
      ...name,
      Role: role.Role?.Arn,
      Runtime: 'provided.al2023',
      Handler: 'bootstrap',
      Code: { ZipFile: await readFile(join(folder, 'code.zip')) },
    }),
  );
  await waitUntilFunctionActiveV2({ client, maxWaitTime: 30 }, name);
  const { Payload } = await client.send(new InvokeCommand(name));
  const answer = z.object({ pid: z.number(), version: z.string(), handedOn: z.string() });
  return answer.parse(JSON.parse(Buffer.from(Payload ?? []).toString()));
}

test('nothing listens outside this machine, and all of it ends with the process that started it', async () => {
  const program = startProgram('hold-aws.ts');
  const addresses = z.object({ aws: z.string(), search: z.string() });
  const { aws, search } = addresses.parse(JSON.parse(await nextLine(program)));
  const told = await askFunction(aws);
  expect(told).toMatchObject({ handedOn: aws, version: expect.stringMatching(/^v24\./) });
  expect(isRunning(told.pid)).toBe(true);

  const listeners = listenersOf(program.pid ?? 0);
  expect(listeners.length).toBeGreaterThanOrEqual(4);
  expect(listeners.filter((address) => !address.includes('127.0.0.1'))).toEqual([]);

  await killOutright(program);
  await expect.poll(() => isRunning(told.pid)).toBe(false);
  await expect.poll(() => Promise.all([answerOf(aws), answerOf(search)])).toEqual([undefined, undefined]);
});

test('with two nodes an index with one replica is green, and one with two replicas is not', async () => {
  const { endpoint } = await startSearchEngine(await openRun(), 'opensearch', 2);
  for (const replicas of [1, 2]) {
    const body = JSON.stringify({ settings: { number_of_replicas: replicas } });
    await fetch(`${endpoint}/replicas-${replicas}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body,
    });
  }
  const health = (index: string, status: string) =>
    answerOf(`${endpoint}/_cluster/health/${index}?wait_for_status=${status}&timeout=30s`);
  expect(await health('replicas-1', 'green')).toContain('"status":"green"');
  expect(await health('replicas-2', 'yellow')).toContain('"status":"yellow"');
});

test('a download that fails is one clear error, and leaves nothing behind', async () => {
  for (const proxy of ['HTTPS_PROXY', 'https_proxy']) vi.stubEnv(proxy, `http://127.0.0.1:${await freePort()}`);
  vi.stubEnv('PIP_RETRIES', '0');
  onTestFinished(() => void vi.unstubAllEnvs());
  const { run, context } = await temporaryRun();

  await expect(fetchParts(run, [])).rejects.toMatchObject({
    name: 'InvalidRequestError',
    code: 'SANDBOX_DOWNLOAD_FAILED',
    message: expect.stringMatching(/^pip could not install the packages: ERROR: .+$/),
  });
  expect(await readdir(join(context.folder, 'parts'))).toEqual([]);
});

test('a jar that is not the one that is pinned is refused', async () => {
  const folder = await temporaryFolder();
  const lock = join(folder, 'lock.txt');
  await writeFile(lock, `${'0'.repeat(64)} args4j:args4j:2.33\n`);

  const { run } = await temporaryRun();
  await expect(fetchJars(run, lock, join(folder, 'jars'), () => {})).rejects.toMatchObject({
    name: 'InvalidRequestError',
    code: 'SANDBOX_DOWNLOAD_FAILED',
    message: expect.stringContaining('args4j:args4j:2.33 is not the jar that the lock names'),
  });
});
