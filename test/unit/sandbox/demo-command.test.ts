import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { awsEnvironment } from '../../../sandbox/account.ts';
import { tandem } from '../../../sandbox/demo/tandem-command.ts';
import { sandboxPlanFile } from '../../../sandbox/plan-file.ts';
import { shellLines } from '../../../sandbox/shell-lines.ts';
import { isRunning } from '../../support/sandbox-processes/program.ts';
import { temporaryFolder } from '../../support/sandbox-processes/temporary-sandbox.ts';
import { type Scripted, startScriptedServer } from '../../support/scripted-server.ts';

const uninterrupted = new AbortController().signal;

/** A sandbox whose AWS does what it is told. */
async function sandboxThat(...script: Scripted[]) {
  const { endpoint, received, stop } = await startScriptedServer(...script);
  onTestFinished(stop);
  const planFile = join(await temporaryFolder(), 'tandem.yml');
  await writeFile(planFile, sandboxPlanFile(endpoint));
  return { received, planFile, environment: awsEnvironment(endpoint, endpoint) };
}

/** Somebody works with a profile and a session of his own. */
function workWithAProfile(): void {
  const own = {
    AWS_PROFILE: 'nobody',
    AWS_SESSION_TOKEN: 'of-another-account',
    AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:9',
  };
  for (const [name, value] of Object.entries(own)) vi.stubEnv(name, value);
  onTestFinished(() => void vi.unstubAllEnvs());
}

/** The processes of this one that run the command, with their process groups. */
function commandsRunning(): { id: number; group: number }[] {
  const processes = execFileSync('ps', ['-eo', 'pid=,pgid=,ppid=,args='], { encoding: 'utf8' }).trim().split('\n');
  return processes.flatMap((line) => {
    const [id, group, parent, ...args] = line.trim().split(/\s+/);
    return Number(parent) === process.pid && args.join(' ').includes('tandem.mjs')
      ? [{ id: Number(id), group: Number(group) }]
      : [];
  });
}

const nothingListed = { text: '<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>' };

test('the commands of the demo know nothing of the AWS configuration of whoever runs it', async () => {
  workWithAProfile();
  const sandbox = await sandboxThat(nothingListed);
  expect(await tandem(['list'], sandbox, uninterrupted)).toEqual([]);
  const headers = sandbox.received[0]?.headers;
  expect(headers?.authorization).toContain('Credential=test/');
  expect(headers).not.toHaveProperty('x-amz-security-token');
});

test('nor do those of a terminal into which the lines of the sandbox are pasted', async () => {
  workWithAProfile();
  const { environment, planFile } = await sandboxThat(nothingListed);
  const lines = shellLines({ environment, planFile });
  const exported = execFileSync('sh', ['-c', `${lines}env`], { encoding: 'utf8' }).split('\n');
  const { AWS_ENDPOINT_URL } = environment;
  expect(exported).toEqual(
    expect.arrayContaining([`AWS_ENDPOINT_URL=${AWS_ENDPOINT_URL}`, `TANDEM_CONFIG=${planFile}`]),
  );
  expect(exported.filter((line) => /nobody|of-another-account|:9$/.test(line))).toEqual([]);
});

test('a command of the demo that fails is an error of one sentence', async () => {
  const sandbox = await sandboxThat({ status: 403, text: '<Error><Code>AccessDenied</Code></Error>' });
  await expect(tandem(['list'], sandbox, uninterrupted)).rejects.toMatchObject({
    code: 'SANDBOX_DEMO_FAILED',
    message: 'tandem list ended with exit code 2.',
  });
});

test('a command of the demo is out of reach of Ctrl-C, and gone when the demo is told to end', async () => {
  const sandbox = await sandboxThat('silence');
  const interruption = new AbortController();
  const listing = expect(tandem(['list'], sandbox, interruption.signal)).rejects.toThrow('aborted');
  await expect.poll(() => sandbox.received).toHaveLength(1);
  const [command] = commandsRunning();
  expect(command?.group).toBe(command?.id);

  interruption.abort();
  await listing;
  expect(isRunning(command?.id ?? 0)).toBe(false);
});
