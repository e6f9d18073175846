import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '../shared/adapters/system-clock.ts';
import { account, awsEnvironment } from './account.ts';
import { type Recorder, startRecorder } from './aws/recorder.ts';
import { deployService } from './deployment/deploy-service.ts';
import { type DynamoDbLayer, startDynamoDbLayer } from './dynamodb/layer.ts';
import { type Domain, startDomain } from './opensearch/domain.ts';
import { emulatorAuthority } from './opensearch/emulator-authority.ts';
import { emulatorKeys } from './opensearch/emulator-keys.ts';
import { fetchParts } from './parts/fetch-parts.ts';
import { startMiniStack } from './parts/ministack.ts';
import { startSearchEngine } from './parts/search-part.ts';
import { sandboxPlanFile } from './plan-file.ts';
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
  /** Where the deployed functions reach AWS: notes what they call. */
  recorder: Recorder;
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
  const [{ aws, dynamodb, recorder }, searchServer] = await Promise.all([
    startAws(run),
    startSearchEngine(run, 'opensearch'),
  ]);
  const domain = await run.keep(startManagedDomain(aws.endpoint, searchServer.endpoint));
  const planFile = join(run.folder, 'tandem.yml');
  await writeFile(planFile, sandboxPlanFile(domain.endpoint));
  await deployService({ endpoint: aws.endpoint, planFile }, run);
  return {
    environment: awsEnvironment(aws.endpoint, dynamodb.endpoint),
    planFile,
    dynamodb,
    domain,
    recorder,
    searchServer: searchServer.endpoint,
    stop: () => run.stop(),
  };
}

interface Aws {
  aws: Server;
  dynamodb: DynamoDbLayer;
  recorder: Recorder;
}

/** Functions inherit MiniStack's environment, and so find the layers in front of it and of its DynamoDB. */
async function startAws(run: SandboxRun): Promise<Aws> {
  let layers: Omit<Aws, 'aws'> | undefined;
  const environment = async (endpoint: string) => {
    await Promise.all([layers?.dynamodb.stop(), layers?.recorder.stop()]);
    const permissions = { ...callersOf(endpoint), region: account.region, account: account.id, root: account.root };
    const dynamodb = await run.keep(
      startDynamoDbLayer({ upstream: endpoint, clock: systemClock, timeScale, permissions }),
    );
    const recorder = await run.keep(startRecorder(endpoint, systemClock));
    layers = { dynamodb, recorder };
    return awsEnvironment(recorder.endpoint, dynamodb.endpoint);
  };
  const aws = await startMiniStack(run, { environment });
  if (layers === undefined) throw new Error('MiniStack started without being told of its environment.');
  return { aws, ...layers };
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
