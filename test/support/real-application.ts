import { randomUUID } from 'node:crypto';
import { ApplicationAutoScalingClient } from '@aws-sdk/client-application-auto-scaling';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { CreateEventSourceMappingCommand, CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { inject } from 'vitest';
import { stringify } from 'yaml';
import { type DynamoDbLayer, startDynamoDbLayer } from '../../sandbox/dynamodb/layer.ts';
import type { FaultyService } from '../../sandbox/faults/kinds.ts';
import { type FaultLayer, startFaultLayer } from '../../sandbox/faults/layer.ts';
import { applicationAutoScaling } from '../../shared/adapters/application-auto-scaling.ts';
import { lambdaReservedConcurrency } from '../../shared/adapters/lambda-reserved-concurrency.ts';
import { lambdaStreamConsumers } from '../../shared/adapters/lambda-stream-consumers.ts';
import { connectOpenSearch } from '../../shared/adapters/opensearch/connect-opensearch.ts';
import { s3ObjectStore } from '../../shared/adapters/s3-object-store.ts';
import { systemClock } from '../../shared/adapters/system-clock.ts';
import { isEnabled } from '../../shared/core/triggers.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import { readAlert } from './alert-text.ts';
import { dynamodbOfEmulator } from './dynamodb-of-emulator.ts';
import { clientOf, newBucket } from './emulators.ts';
import { FakeAlerts } from './fakes/alerts.ts';
import { fakePlanFiles } from './fakes/plan-files.ts';
import { FakeStreamReferences } from './fakes/stream-references.ts';
import { type AllPorts, handlersWith } from './handlers.ts';
import { searchOfEngine } from './search-of-engine.ts';
import { runWorkflow, type WorkflowRun } from './workflow.ts';

/** The sandbox's services are a hundred times as fast as the real ones, and so is whoever waits for them. */
const timeScale = 0.01;
const hasty: Clock = {
  now: () => systemClock.now(),
  sleep: (milliseconds, signal) => systemClock.sleep(milliseconds * timeScale, signal),
};
const shortTimeouts = { requestHandler: { requestTimeout: 1_500, throwOnRequestTimeout: true } };
const role = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' }] };
const emptyZip = Buffer.concat([Buffer.from('PK\x05\x06', 'latin1'), Buffer.alloc(18)]);

/**
 * An application in the sandbox's own services, with a fault layer before each of them, which the workflows run on in this
 * process with the real adapters.
 */
export class RealApplication {
  readonly alerts = new FakeAlerts();
  readonly layers: Readonly<Record<FaultyService, FaultLayer>>;
  readonly #dynamodbLayer: DynamoDbLayer;
  readonly #direct: ReturnType<typeof dynamodbOfEmulator>;
  readonly #engine = searchOfEngine(inject('openSearch'));
  readonly #id = randomUUID().slice(0, 8);
  #planFile = '';
  #catalog = '';
  #runs = 0;

  private constructor(dynamodbLayer: DynamoDbLayer, layers: Record<FaultyService, FaultLayer>) {
    this.#dynamodbLayer = dynamodbLayer;
    this.layers = layers;
    this.#direct = dynamodbOfEmulator(dynamodbLayer.endpoint, systemClock);
  }

  static async start(): Promise<RealApplication> {
    const aws = inject('miniStack');
    const dynamodbLayer = await startDynamoDbLayer({ upstream: aws, clock: systemClock, timeScale });
    const [dynamodb, s3, lambda, opensearch] = await Promise.all([
      startFaultLayer(dynamodbLayer.endpoint),
      startFaultLayer(aws),
      startFaultLayer(aws),
      startFaultLayer(inject('openSearch')),
    ]);
    const application = new RealApplication(dynamodbLayer, { dynamodb, s3, lambda, opensearch });
    await application.#make();
    return application;
  }

  get #tables(): [string, string] {
    return [`faults-${this.#id}-orders`, `faults-${this.#id}-sessions`];
  }

  get #indices(): [string, string] {
    return [`faults-${this.#id}-products`, `faults-${this.#id}-logs`];
  }

  async #make(): Promise<void> {
    const s3 = new S3Client(clientOf(inject('miniStack')));
    this.#catalog = await newBucket(s3);
    const bucket = await newBucket(s3);
    const [orders, sessions] = this.#tables;
    const functionName = `faults-${this.#id}`;
    const settings = {
      endpoint: new URL(inject('miniStack')).host,
      protocol: 'http',
      path_style_access: 'true',
      region: 'us-east-1',
      access_key: 'test',
      secret_key: 'test',
      server_side_encryption_type: 'bucket_default',
    };
    const repository = { name: `faults-${this.#id}`, bucket, basePath: 'app', settings };
    const plan = {
      tables: { include: [`faults-${this.#id}-*`] },
      search: { endpoint: this.layers.opensearch.endpoint, indices: { include: [`faults-${this.#id}-*`] }, repository },
      writers: { functions: [functionName] },
    };
    this.#planFile = stringify({ version: 1, catalog: { bucket: this.#catalog }, plans: { app: plan } });
    await this.#direct.createTable({ name: orders, stream: 'NEW_IMAGE', tags: { application: 'shop' } });
    await this.#direct.createTable({ name: sessions });
    await Promise.all([orders, sessions].map((table) => this.#whenActive(table)));
    for (const table of [orders, sessions]) await this.#direct.write(table, 'item', 'intact');
    for (const index of this.#indices) await this.#engine.createIndex(index, { documents: 5, replicas: 0 });
    await this.#makeTrigger(functionName, orders);
  }

  async #makeTrigger(name: string, table: string): Promise<void> {
    const lambda = new LambdaClient(clientOf(inject('miniStack')));
    const newRole = new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: JSON.stringify(role) });
    const { Role } = await new IAMClient(clientOf(inject('miniStack'))).send(newRole);
    const code = { Runtime: 'nodejs22.x', Handler: 'index.handler', Code: { ZipFile: emptyZip } } as const;
    await lambda.send(new CreateFunctionCommand({ FunctionName: name, Role: Role?.Arn, ...code }));
    const stream = (await this.#direct.tables.describe(table))?.stream?.arn;
    const mapping = { EventSourceArn: stream, FunctionName: name, StartingPosition: 'LATEST' } as const;
    await lambda.send(new CreateEventSourceMappingCommand(mapping));
  }

  async #whenActive(table: string): Promise<void> {
    while ((await this.#direct.tables.describe(table))?.status !== 'ACTIVE') await systemClock.sleep(20);
  }

  /** Alters a table, empties an index, and takes an index away. */
  async damage(): Promise<void> {
    const [orders] = this.#tables;
    const [products, logs] = this.#indices;
    await this.#direct.write(orders, 'item', 'damaged');
    await this.#direct.write(orders, 'another', 'one');
    await Promise.all([products, logs].map((index) => this.#engine.removeIndex(index)));
    await this.#engine.createIndex(products, { documents: 1, replicas: 0 });
  }

  /** What the application can notice, and its writers. */
  async state(): Promise<unknown> {
    const ports = this.#portsAt(inject('miniStack'), this.#dynamodbLayer.endpoint);
    const domain = ports.connectSearch({ endpoint: inject('openSearch'), auth: { type: 'none' } });
    const tables = this.#tables.map(async (name) => {
      const table = await ports.tables.describe(name);
      const triggers = table?.stream === undefined ? [] : await ports.streamConsumers.list(table.stream.arn);
      return [name, table?.status, await this.#direct.items(name), triggers.map(isEnabled)];
    });
    const indices = await domain.indices.describe([...this.#indices].sort());
    return {
      tables: await Promise.all(tables),
      indices: indices.map(({ name, documents }) => [name, documents]).sort(),
      reserved: await ports.reservedConcurrency.get(`faults-${this.#id}`),
    };
  }

  backup(): Promise<WorkflowRun> {
    return this.#run('backup', { plan: 'app' });
  }

  restore(input: object): Promise<WorkflowRun> {
    return this.#run('restore', { plan: 'app', confirmed: true, ...input });
  }

  /** Does what the last alert says. */
  carryOn(): Promise<WorkflowRun> {
    const alert = this.alerts.published.findLast(({ message }) => /^The \w+ of plan/.test(message));
    return this.#run('restore', readAlert(alert?.message ?? '').input);
  }

  #run(workflow: 'backup' | 'restore', input: unknown): Promise<WorkflowRun> {
    this.#runs += 1;
    const ports = this.#portsAt(undefined, this.layers.dynamodb.endpoint);
    const functions = handlersWith(() => ports, hasty)[workflow];
    return runWorkflow(workflow, functions, hasty, { name: `${workflow}-${this.#runs}`, input });
  }

  /** @param aws the address of every service of AWS but DynamoDB, where not those of the fault layers */
  #portsAt(aws: string | undefined, dynamodb: string): AllPorts {
    const at = (service: FaultyService) => ({ ...clientOf(aws ?? this.layers[service].endpoint), ...shortTimeouts });
    const s3 = new S3Client(at('s3'));
    return {
      ...dynamodbOfEmulator(dynamodb, hasty, shortTimeouts),
      planFiles: fakePlanFiles(this.#planFile),
      streamConsumers: lambdaStreamConsumers((own) => new LambdaClient({ ...at('lambda'), ...own })),
      reservedConcurrency: lambdaReservedConcurrency(new LambdaClient(at('lambda'))),
      scaling: applicationAutoScaling(new ApplicationAutoScalingClient(at('lambda'))),
      streamReferences: new FakeStreamReferences(),
      openCatalog: (bucket) => s3ObjectStore(s3, bucket),
      connectSearch: connectOpenSearch({
        clock: hasty,
        deadlineSeconds: 3,
        credentials: async () => ({ accessKeyId: 'x', secretAccessKey: 'y' }),
        region: async () => 'us-east-1',
        secrets: { read: async () => 'none' },
      }),
      region: async () => 'us-east-1',
      alerts: this.alerts,
      place: { local: true },
      defaultTopic: 'arn:aws:sns:us-east-1:000000000000:alerts',
      clock: hasty,
    };
  }

  async stop(): Promise<void> {
    await Promise.all(Object.values(this.layers).map((layer) => layer.stop()));
    await this.#dynamodbLayer.stop();
  }
}
