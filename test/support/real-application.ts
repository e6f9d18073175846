import { randomUUID } from 'node:crypto';
import { CreateEventSourceMappingCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { inject } from 'vitest';
import { stringify } from 'yaml';
import { type DynamoDbLayer, startDynamoDbLayer } from '../../sandbox/dynamodb/layer.ts';
import type { FaultyService } from '../../sandbox/faults/kinds.ts';
import { type ComingFault, type FaultLayer, startFaultLayer } from '../../sandbox/faults/layer.ts';
import { startSearchEngine } from '../../sandbox/parts/search-part.ts';
import { projectSandboxFolder } from '../../sandbox/processes/context.ts';
import { SandboxRun } from '../../sandbox/processes/run.ts';
import { systemClock } from '../../shared/adapters/system-clock.ts';
import { isEnabled } from '../../shared/core/triggers.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import { type AlertText, readAlert } from './alert-text.ts';
import { dynamodbOfEmulator } from './dynamodb-of-emulator.ts';
import { clientOf, newBucket } from './emulators.ts';
import { FakeAlerts } from './fakes/alerts.ts';
import { makeFunction } from './function-of-emulator.ts';
import { type AllPorts, handlersWith } from './handlers.ts';
import { type Endpoints, sandboxPorts } from './sandbox-ports.ts';
import { searchOfEngine } from './search-of-engine.ts';
import { runWorkflow, type WorkflowRun } from './workflow.ts';

/** Whoever waits waits for a hundredth of the time. */
const hasty: Clock = {
  now: () => systemClock.now(),
  sleep: (milliseconds, signal) => systemClock.sleep(milliseconds / 100, signal),
};

/** By it the DynamoDB layer's calls take as long as the real ones, and as many are taken a second, in a thousandth of the time. */
const began = Date.now();
const racing: Clock = { ...hasty, now: () => new Date(began + (Date.now() - began) * 1_000) };

interface SearchServer {
  endpoint: string;
  stop(): Promise<void>;
}

/** One of its own: a restore waits for the snapshots of everybody else, and changes settings of the cluster. */
async function startSearchServer(): Promise<SearchServer> {
  const run = await SandboxRun.open({ folder: projectSandboxFolder, report: () => {}, clock: systemClock });
  try {
    const { endpoint } = await startSearchEngine(run, 'opensearch');
    return { endpoint, stop: () => run.stop() };
  } catch (error) {
    await run.stop();
    throw error;
  }
}

const patience = 20_000;

/**
 * An application in the services of the sandbox: two tables, one with a trigger, and two indices. The workflows run in this
 * process, with the real adapters, and reach each service through a fault layer.
 */
export class RealApplication {
  readonly alerts = new FakeAlerts();
  readonly #layers: Readonly<Record<FaultyService, FaultLayer>>;
  readonly #dynamodbLayer: DynamoDbLayer;
  readonly #dynamodb: ReturnType<typeof dynamodbOfEmulator>;
  readonly #server: SearchServer;
  readonly #engine: ReturnType<typeof searchOfEngine>;
  readonly #name = `faults-${randomUUID().slice(0, 8)}`;
  readonly #tables: readonly [string, string] = [`${this.#name}-orders`, `${this.#name}-sessions`];
  readonly #indices: readonly [string, string] = [`${this.#name}-logs`, `${this.#name}-products`];
  #planFile = '';
  #runs = 0;

  private constructor(
    server: SearchServer,
    dynamodbLayer: DynamoDbLayer,
    layers: Readonly<Record<FaultyService, FaultLayer>>,
  ) {
    this.#server = server;
    this.#engine = searchOfEngine(server.endpoint);
    this.#dynamodbLayer = dynamodbLayer;
    this.#layers = layers;
    this.#dynamodb = dynamodbOfEmulator(dynamodbLayer.endpoint, systemClock);
  }

  static async start(): Promise<RealApplication> {
    const aws = inject('miniStack');
    const server = await startSearchServer();
    const dynamodbLayer = await startDynamoDbLayer({ upstream: aws, clock: racing, timeScale: 1 });
    const [dynamodb, s3, lambda, opensearch] = await Promise.all([
      startFaultLayer(dynamodbLayer.endpoint),
      startFaultLayer(aws),
      startFaultLayer(aws),
      startFaultLayer(server.endpoint),
    ]);
    const application = new RealApplication(server, dynamodbLayer, { dynamodb, s3, lambda, opensearch });
    await application.#make();
    return application;
  }

  async #make(): Promise<void> {
    const [orders, sessions] = this.#tables;
    await this.#dynamodb.createTable({ name: orders, stream: 'NEW_IMAGE', tags: { application: 'shop' } });
    await this.#dynamodb.createTable({ name: sessions });
    for (const table of this.#tables) {
      while ((await this.#dynamodb.tables.describe(table))?.status !== 'ACTIVE') await systemClock.sleep(10);
      await this.#dynamodb.write(table, 'item', 'intact');
    }
    for (const index of this.#indices) await this.#engine.createIndex(index, { documents: 5 });
    await this.#makeTrigger(orders);
    await this.#makePlan();
  }

  async #makeTrigger(table: string): Promise<void> {
    const lambda = new LambdaClient(clientOf(inject('miniStack')));
    await makeFunction(inject('miniStack'), this.#name);
    const stream = (await this.#dynamodb.tables.describe(table))?.stream?.arn;
    const mapping = { EventSourceArn: stream, FunctionName: this.#name, StartingPosition: 'LATEST' } as const;
    await lambda.send(new CreateEventSourceMappingCommand(mapping));
  }

  async #makePlan(): Promise<void> {
    const s3 = new S3Client(clientOf(inject('miniStack')));
    const settings = {
      endpoint: new URL(inject('miniStack')).host,
      protocol: 'http',
      path_style_access: 'true',
      region: 'us-east-1',
      access_key: 'test',
      secret_key: 'test',
      server_side_encryption_type: 'bucket_default',
    };
    const repository = { name: this.#name, bucket: await newBucket(s3), basePath: 'app', settings };
    const include = [`${this.#name}-*`];
    const app = {
      tables: { include },
      search: { endpoint: this.#layers.opensearch.endpoint, indices: { include }, repository },
      writers: { functions: [this.#name] },
    };
    this.#planFile = stringify({ version: 1, catalog: { bucket: await newBucket(s3) }, plans: { app } });
  }

  /** Alters a table, empties an index, and takes an index away. */
  async damage(): Promise<void> {
    const [orders] = this.#tables;
    await this.#dynamodb.write(orders, 'item', 'damaged');
    await this.#dynamodb.write(orders, 'another', 'one');
    for (const index of this.#indices) await this.#engine.removeIndex(index);
    await this.#engine.createIndex(this.#indices[1], { documents: 1 });
  }

  /** What the application can notice, and its writers. */
  async state(): Promise<unknown> {
    const ports = this.#direct();
    const domain = ports.connectSearch({ endpoint: this.#server.endpoint, auth: { type: 'none' } });
    const tables = this.#tables.map(async (name) => {
      const table = await ports.tables.describe(name);
      const triggers = table?.stream === undefined ? [] : await ports.streamConsumers.list(table.stream.arn);
      return { name, status: table?.status, items: await this.#dynamodb.items(name), on: triggers.map(isEnabled) };
    });
    const indices = await domain.indices.describe([...this.#indices]);
    return {
      tables: await Promise.all(tables),
      documents: new Map(indices.map(({ name, documents }) => [name, documents])),
      reserved: await this.reserved(),
    };
  }

  /** The concurrency that is reserved for the writer: none, but while it is paused. */
  reserved(): Promise<number | undefined> {
    return this.#direct().reservedConcurrency.get(this.#name);
  }

  /** Has a request of the workflows fail. */
  add(fault: ComingFault): void {
    this.#layers[fault.service].add(fault);
  }

  /** The faults that have met no request yet. */
  left(): ComingFault[] {
    return Object.values(this.#layers).flatMap((layer) => layer.left());
  }

  backup(): Promise<WorkflowRun> {
    return this.#run('backup', { plan: 'app' });
  }

  /** @param milliseconds how long a request may take */
  restore(input: object, milliseconds?: number): Promise<WorkflowRun> {
    return this.#run('restore', { plan: 'app', confirmed: true, ...input }, milliseconds);
  }

  /** Does what the last alert says. */
  carryOn(milliseconds?: number): Promise<WorkflowRun> {
    return this.#run('restore', this.#lastAlert().input, milliseconds);
  }

  /** Undoes the restore as the last alert says. */
  undo(): Promise<WorkflowRun> {
    const { undo } = this.#lastAlert();
    if (undo === undefined) throw new Error('The alert offers no undo.');
    return this.#run('restore', undo.input);
  }

  #lastAlert(): AlertText {
    const alert = this.alerts.published.findLast(({ message }) => /^The \w+ of plan/.test(message));
    return readAlert(alert?.message ?? '');
  }

  #run(workflow: 'backup' | 'restore', input: unknown, milliseconds?: number): Promise<WorkflowRun> {
    this.#runs += 1;
    const { dynamodb, s3, lambda, opensearch } = this.#layers;
    const through = { dynamodb: dynamodb.endpoint, s3: s3.endpoint, lambda: lambda.endpoint };
    const ports = this.#portsAt({ ...through, opensearch: opensearch.endpoint }, milliseconds);
    const functions = handlersWith(() => ports, hasty)[workflow];
    return runWorkflow(workflow, functions, hasty, { name: `${workflow}-${this.#runs}`, input });
  }

  #direct(): AllPorts {
    const aws = inject('miniStack');
    const dynamodb = this.#dynamodbLayer.endpoint;
    return this.#portsAt({ dynamodb, s3: aws, lambda: aws, opensearch: this.#server.endpoint });
  }

  #portsAt(endpoints: Endpoints, milliseconds = patience): AllPorts {
    return sandboxPorts(endpoints, {
      planFile: this.#planFile,
      alerts: this.alerts,
      clock: hasty,
      patience: milliseconds,
    });
  }

  async stop(): Promise<void> {
    await Promise.all(Object.values(this.#layers).map((layer) => layer.stop()));
    await this.#dynamodbLayer.stop();
    await this.#server.stop();
  }
}
