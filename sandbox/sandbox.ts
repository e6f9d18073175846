import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { systemClock } from '../shared/adapters/system-clock.ts';
import { account, awsEnvironment } from './account.ts';
import { deployService } from './deployment/deploy-service.ts';
import { type DynamoDbLayer, startDynamoDbLayer } from './dynamodb/layer.ts';
import { type Domain, startDomain } from './opensearch/domain.ts';
import { emulatorAuthority } from './opensearch/emulator-authority.ts';
import { emulatorKeys } from './opensearch/emulator-keys.ts';
import { fetchParts } from './parts/fetch-parts.ts';
import { startMiniStack } from './parts/ministack.ts';
import { startSearchEngine } from './parts/search-part.ts';
import { sandboxPlanFile, snapshotBucket, snapshotRole } from './plan-file.ts';
import { projectSandboxFolder } from './processes/context.ts';
import { SandboxRun } from './processes/run.ts';
import type { Server } from './processes/server.ts';
import { unlessAborted } from './processes/unless-aborted.ts';

/** An AWS and a search domain on this machine, with the service deployed into it. */
export interface Sandbox {
  /** For AWS clients and for `npx tandem`. */
  environment: Record<string, string>;
  /** The path of the plan file. */
  planFile: string;
  dynamodb: DynamoDbLayer;
  domain: Domain;
  /** The address of the search server behind the domain's front end, which asks for no signature. */
  searchServer: string;
  /** Stops all of it and removes its traces. */
  stop(): Promise<void>;
}

/** Restores take minutes on AWS and a second or two here. */
const timeScale = 0.01;

/** Milliseconds after which the domain's front end gives up on the server, 60,000 on AWS. */
const patience = 15_000;

/** Of a start that nobody leaves. */
const uninterrupted = new AbortController().signal;

/**
 * Starts the sandbox, and fetches what it needs first where that was not done.
 *
 * @param signal leaves the start: what runs by then is stopped, and what is half-made is removed
 */
export async function startSandbox(
  report: (line: string) => void,
  signal: AbortSignal = uninterrupted,
): Promise<Sandbox> {
  const run = await SandboxRun.open({ folder: projectSandboxFolder, report, clock: systemClock });
  try {
    return await unlessAborted(assemble(run), signal);
  } catch (error) {
    await run.stop();
    throw error;
  }
}

async function assemble(run: SandboxRun): Promise<Sandbox> {
  await fetchParts(run);
  run.context.report('Starting AWS and OpenSearch');
  const [{ aws, dynamodb }, searchServer] = await Promise.all([startAws(run), startSearchEngine(run, 'opensearch')]);
  const domain = await run.keep(startManagedDomain(aws.endpoint, searchServer.endpoint));
  const planFile = join(run.folder, 'tandem.yml');
  await writeFile(planFile, sandboxPlanFile(domain.endpoint));
  await prepareSnapshots(aws.endpoint);
  await deployService({ endpoint: aws.endpoint, planFile }, run);
  return {
    environment: awsEnvironment(aws.endpoint, dynamodb.endpoint),
    planFile,
    dynamodb,
    domain,
    searchServer: searchServer.endpoint,
    stop: () => run.stop(),
  };
}

/** Functions inherit MiniStack's environment, and so find the layer in front of its DynamoDB. */
async function startAws(run: SandboxRun): Promise<{ aws: Server; dynamodb: DynamoDbLayer }> {
  let dynamodb: DynamoDbLayer | undefined;
  const environment = async (endpoint: string) => {
    await dynamodb?.stop();
    const permissions = { ...callersOf(endpoint), region: account.region, account: account.id, root: account.root };
    const layer = startDynamoDbLayer({ upstream: endpoint, clock: systemClock, timeScale, permissions });
    dynamodb = await run.keep(layer);
    return awsEnvironment(endpoint, dynamodb.endpoint);
  };
  const aws = await startMiniStack(run, { environment });
  if (dynamodb === undefined) throw new Error('MiniStack started without being told of its environment.');
  return { aws, dynamodb };
}

/** Who the callers of the emulator are and what they may do, for the layers that stand in front of it and beside it. */
function callersOf(aws: string) {
  const emulator = { endpoint: aws, region: account.region, root: account.root };
  const secretOf = emulatorKeys(emulator, new Map([[account.root.accessKeyId, account.root.secretAccessKey]]));
  return { secretOf, authority: emulatorAuthority(emulator, secretOf, systemClock) };
}

function startManagedDomain(aws: string, server: string): Promise<Domain> {
  return startDomain({
    arn: `arn:aws:es:${account.region}:${account.id}:domain/shop`,
    region: account.region,
    clock: systemClock,
    ...callersOf(aws),
    server,
    store: { type: 's3', endpoint: new URL(aws).host, region: account.region, ...account.root },
    patience,
  });
}

/** What an account has before Tandem is deployed into it: a bucket for snapshots, and the role that reaches it. */
async function prepareSnapshots(endpoint: string): Promise<void> {
  const options = { endpoint, region: account.region, credentials: account.root };
  const s3 = new S3Client({ ...options, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: snapshotBucket }));
  const statement = { Effect: 'Allow', Principal: { Service: 'es.amazonaws.com' }, Action: 'sts:AssumeRole' };
  const trust = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  await new IAMClient(options).send(new CreateRoleCommand({ RoleName: snapshotRole, AssumeRolePolicyDocument: trust }));
}
