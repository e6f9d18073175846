import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { stringify } from 'yaml';
import { startSearchEngine } from '../../sandbox/parts/search-part.ts';
import { projectSandboxFolder } from '../../sandbox/processes/context.ts';
import { SandboxRun } from '../../sandbox/processes/run.ts';
import { systemClock } from '../../shared/adapters/system-clock.ts';
import { clientOf } from '../support/emulators.ts';
import { temporaryFolder } from '../support/sandbox-processes/temporary-sandbox.ts';
import { type Answer, tandem } from '../support/tandem-command.ts';

const id = randomUUID().slice(0, 8);
const [index, repository, bucket] = [`moved-${id}`, `plan-${id}`, `moved-${id}`];
const aws = inject('miniStack');
const here = inject('openSearch');
const environment = {
  ...{ AWS_ENDPOINT_URL: aws, AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' },
  ...{ POWERTOOLS_LOG_LEVEL: 'SILENT', POWERTOOLS_METRICS_DISABLED: 'true' },
};
const store = {
  ...{ endpoint: new URL(aws).host, protocol: 'http', path_style_access: 'true', region: 'us-east-1' },
  ...{ access_key: 'test', secret_key: 'test', server_side_encryption_type: 'bucket_default' },
};

let run: SandboxRun;
let there: string;

async function call(server: string, method: string, path: string, body?: object): Promise<unknown> {
  const sent = body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  const answer = await fetch(`${server}${path}`, { method, ...sent });
  if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
}

/** Two domains that know nothing of each other, and a snapshot of the first that is nobody's recovery point. */
beforeAll(async () => {
  run = await SandboxRun.open({ folder: projectSandboxFolder, report: () => {}, clock: systemClock });
  there = (await startSearchEngine(run, 'opensearch')).endpoint;
  const s3 = new S3Client({ ...clientOf(aws), forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  await call(here, 'PUT', `/${index}`, { settings: { number_of_shards: 2 }, aliases: { [`${index}-alias`]: {} } });
  for (let number = 0; number < 5; number += 1) await call(here, 'POST', `/${index}/_doc?refresh`, { number });
  await call(here, 'PUT', `/_snapshot/${repository}`, { type: 's3', settings: { ...store, bucket, base_path: 'app' } });
  await call(here, 'PUT', `/_snapshot/${repository}/theirs?wait_for_completion=true`, { indices: index });
});
afterAll(() => run.stop());

/** Runs `tandem` on a plan of the first domain. */
async function onPlan(): Promise<(...words: string[]) => Promise<Answer>> {
  const config = join(await temporaryFolder(), 'tandem.yml');
  const search = {
    ...{ endpoint: here, auth: { type: 'none' }, indices: { include: [index] } },
    repository: { name: repository, bucket, basePath: 'app', settings: store },
  };
  await writeFile(config, stringify({ version: 1, catalog: { bucket }, plans: { app: { search } } }));
  return (...words) => tandem([...words, '--config', config, '--local'], environment);
}

it("restores a snapshot that is nobody's recovery point to another domain, which only reads the repository", async () => {
  const tandemHere = await onPlan();
  const snapshot = `${repository}/theirs`;
  expect((await tandemHere('list', 'app', '--repository', repository)).json).toMatchObject([
    { snapshot, state: 'SUCCESS', indices: [index], shards: { total: 2, failed: 0 }, engineVersion: '3.8.0' },
  ]);

  const prepared = await tandemHere('setup', 'app', '--to-endpoint', there, '--yes');
  const restored = await tandemHere('restore', 'app', '--to-endpoint', there, '--snapshot', snapshot, '--yes');

  expect(prepared.exitCode).toBe(0);
  expect(await call(there, 'GET', `/_snapshot/${repository}`)).toMatchObject({
    [repository]: { settings: { readonly: 'true' } },
  });
  expect(restored).toMatchObject({
    exitCode: 0,
    json: { state: 'COMPLETE', indices: [{ name: index, documents: 5 }] },
  });
  expect(await call(there, 'GET', `/${index}-alias/_count`)).toMatchObject({ count: 5 });
});
