import { deserialize, serialize } from 'node:v8';
import { stringify } from 'yaml';
import { lambdaContext } from '../../cli/local/lambda-context.ts';
import { step as measureAge } from '../../functions/backup/measure-age.ts';
import { step as reportStoppedRestore } from '../../functions/restore/report-stopped-restore.ts';
import { step as resumeLeftWriters } from '../../functions/restore/resume-left-writers.ts';
import type { Manifest } from '../../shared/contracts/manifest.ts';
import type { EventSourceMapping, ScalingTarget } from '../../shared/contracts/table-settings.ts';
import type { RunPlace } from '../../shared/core/how-to-go-on.ts';
import { isEnabled } from '../../shared/core/triggers.ts';
import type { StreamReferences } from '../../shared/ports/stream-references.ts';
import { listRecoveryPoints } from '../../shared/steps/recovery-points.ts';
import type { WriterPorts } from '../../shared/steps/restore/live-writers.ts';
import { type AlertText, readAlert } from './alert-text.ts';
import { FakeAlerts, type PublishedAlert } from './fakes/alerts.ts';
import { FakeClock } from './fakes/clock.ts';
import { FakeDynamoDb } from './fakes/dynamodb.ts';
import type { Durations } from './fakes/dynamodb-account.ts';
import { Faults } from './fakes/faults.ts';
import { FakeBuckets } from './fakes/object-store.ts';
import { fakePlanFiles } from './fakes/plan-files.ts';
import { fakeReservedConcurrency } from './fakes/reserved-concurrency.ts';
import { fakeScaling } from './fakes/scaling.ts';
import { FakeSearch } from './fakes/search.ts';
import type { SearchDurations } from './fakes/search-cluster.ts';
import { FakeStreamConsumers } from './fakes/stream-consumers.ts';
import { FakeStreamReferences } from './fakes/stream-references.ts';
import { type AllPorts, handlersWith } from './handlers.ts';
import { taskAtWork } from './task-at-work.ts';
import type { BegunTask, Functions } from './task-runner.ts';
import { type Execution, runWorkflow, type WorkflowRun } from './workflow.ts';

export const catalog = 'tandem-catalog';

/** The search domain of a usual plan. */
export const usualSearch = {
  endpoint: 'https://search.example.com',
  indices: { include: ['app-*'] },
  repository: {
    name: 'tandem',
    bucket: 'snapshots',
    basePath: 'app',
    roleArn: 'arn:aws:iam::111122223333:role/snapshots',
  },
};

const usualPlanFile = planFileWith({
  app: {
    tables: { include: ['app-*'] },
    search: usualSearch,
    alerts: { topic: 'arn:aws:sns:eu-west-1:111122223333:alerts' },
  },
  other: { tables: { include: ['app-*'] } },
});

function planFileWith(plans: object): string {
  return stringify({ version: 1, catalog: { bucket: catalog }, plans });
}

type Input = Record<string, unknown>;

/** What `World.save` makes. */
export type SavedWorld = Buffer;

interface WorldDurations {
  dynamo?: Partial<Durations>;
  search?: Partial<SearchDurations>;
}

/** What `World.save` writes down. */
interface Held {
  durations: WorldDurations;
  now: Date;
  dynamo: ReturnType<FakeDynamoDb['saved']>;
  search: ReturnType<FakeSearch['saved']>;
  buckets: ReturnType<FakeBuckets['saved']>;
  consumers: ReturnType<FakeStreamConsumers['saved']>;
  alerts: PublishedAlert[];
  scalingTargets: ScalingTarget[];
  functions: Map<string, number | undefined>;
  references: FakeStreamReferences['known'];
  planFile: string | undefined;
  place: RunPlace;
  executions: number;
}

/** An account and a domain in memory, in which both workflows run as they are deployed, in virtual time. */
export class World {
  readonly clock = new FakeClock();
  readonly dynamo: FakeDynamoDb;
  readonly search: FakeSearch;
  readonly buckets = new FakeBuckets(catalog, 'snapshots');
  readonly alerts = new FakeAlerts();
  /** Set to undefined for a deployment without a plan file. */
  planFile: string | undefined = usualPlanFile;
  readonly triggers: EventSourceMapping[] = [];
  readonly scalingTargets: ScalingTarget[] = [];
  readonly references = new FakeStreamReferences();
  /** The functions that a plan may name among its writers, and what is reserved for each. */
  readonly functions = new Map<string, number | undefined>();
  readonly #consumers: FakeStreamConsumers;
  /** Of what only answers. */
  readonly readings = {
    faults: new Faults<
      | 'planFiles.read'
      | 'streamConsumers.list'
      | 'streamConsumers.tags'
      | 'scaling.describe'
      | 'reservedConcurrency.get'
      | `streamReferences.${keyof StreamReferences}`
    >(),
  };
  /** Of what is changed beside tables, indices and objects. */
  readonly changes = {
    faults: new Faults<
      | 'streamConsumers.create'
      | 'streamConsumers.setEnabled'
      | 'streamConsumers.delete'
      | 'scaling.put'
      | 'reservedConcurrency.set'
    >(),
  };
  /** Where the workflows run, as the command line finds it. */
  place: RunPlace = {};
  /** Domains beside that of the plan, by their endpoints. */
  readonly otherDomains = new Map<string, FakeSearch>();
  /** The endpoints that were connected to. */
  readonly connections: string[] = [];
  readonly #durations: WorldDurations;
  #executions = 0;

  constructor(durations: WorldDurations = {}) {
    this.#durations = durations;
    this.dynamo = new FakeDynamoDb(this.clock, durations.dynamo);
    this.search = new FakeSearch(this.clock, durations.search);
    this.#consumers = new FakeStreamConsumers(this.triggers, this.clock);
  }

  /** All that there is now, but for the calls that were made: the same bytes for the same. */
  save(): SavedWorld {
    return serialize(this.#held());
  }

  /** A world of its own that is as another one was when it was saved. */
  static from(saved: SavedWorld): World {
    const held: Held = deserialize(saved);
    const world = new World(held.durations);
    world.clock.advance(held.now.getTime() - world.clock.now().getTime());
    world.dynamo.load(held.dynamo);
    world.search.load(held.search);
    world.buckets.load(held.buckets);
    world.#consumers.load(held.consumers);
    world.alerts.published.push(...held.alerts);
    world.scalingTargets.push(...held.scalingTargets);
    for (const [name, reserved] of held.functions) world.functions.set(name, reserved);
    Object.assign(world.references.known, held.references);
    world.planFile = held.planFile;
    world.place = held.place;
    world.#executions = held.executions;
    return world;
  }

  #held(): Held {
    return {
      durations: this.#durations,
      now: this.clock.now(),
      dynamo: this.dynamo.saved(),
      search: this.search.saved(),
      buckets: this.buckets.saved(),
      consumers: this.#consumers.saved(),
      alerts: this.alerts.published,
      scalingTargets: this.scalingTargets,
      functions: this.functions,
      references: this.references.known,
      planFile: this.planFile,
      place: this.place,
      executions: this.#executions,
    };
  }

  /** Has a plan file with this plan alone, named `app`; whatever it leaves out is as usual. */
  plan(plan: {
    tables?: object | null;
    search?: object | null;
    strategies?: object;
    pairs?: object[];
    deadline?: string;
    writers?: object;
  }): this {
    const tables = plan.tables === undefined ? { include: ['app-*'] } : plan.tables;
    const search = plan.search === null ? null : { ...usualSearch, ...plan.search };
    const parts = { ...plan, tables, search };
    const given = Object.entries(parts).filter(([, part]) => part !== null);
    this.planFile = planFileWith({ app: Object.fromEntries(given) });
    return this;
  }

  /** Adds the tables app-0000, app-0001, ... with an item each, a trigger, and everything settings can be. */
  addTables(count: number): this {
    for (let number = 0; number < count; number += 1) {
      const name = `app-${String(number).padStart(4, '0')}`;
      this.dynamo.addTable(
        {
          name,
          tags: { application: 'shop' },
          stream: 'NEW_IMAGE',
          timeToLive: 'expiresAt',
          pointInTimeRecovery: { days: 35 },
          deletionProtection: true,
          tableClass: 'STANDARD_INFREQUENT_ACCESS',
          resourcePolicy: '{"Version":"2012-10-17","Statement":[]}',
          contributorInsights: [{ mode: 'THROTTLED_KEYS' }],
          kinesisDestinations: [{ streamArn: 'arn:aws:kinesis:eu-west-1:111122223333:stream/changes' }],
        },
        { item: `of table ${number}` },
      );
      this.dynamo.changeTable(name, {
        warmThroughput: [{ readUnits: 20_000, writeUnits: 4_000 }],
        streamPolicy: `{"Resource":"${this.streamOf(name)}"}`,
      });
      this.addTrigger(name);
    }
    return this;
  }

  /** Has a function triggered by a table. */
  addTrigger(table: string, trigger: Partial<EventSourceMapping> = {}): void {
    const uuid = `of-${table}-${this.triggers.length}`;
    this.triggers.push({
      uuid,
      arn: `arn:aws:lambda:eu-west-1:111122223333:event-source-mapping:${uuid}`,
      functionArn: `arn:aws:lambda:eu-west-1:111122223333:function:index-${table}:live`,
      streamArn: this.streamOf(table) ?? '',
      state: 'Enabled',
      configuration: { StartingPosition: 'TRIM_HORIZON', BatchSize: 25, MaximumRetryAttempts: 4 },
      tags: { team: 'search' },
      ...trigger,
    });
  }

  /** The ARN of the stream that a table has now. */
  streamOf(table: string): string | undefined {
    return this.dynamo.streamOf(table);
  }

  addIndices(): this {
    this.search.addIndex('app-products', { documents: 120, primaries: 3, aliases: { products: {} } });
    this.search.addIndex('app-orders', { documents: 80, primaries: 2 });
    this.search.addIndex('app-empty');
    this.search.addIndex('.kibana_1', { documents: 7 });
    return this;
  }

  /** Has three tables and the indices, backed up and then damaged: altered, emptied, dropped, an alias moved. */
  async damaged(): Promise<this> {
    this.addTables(3).addIndices();
    const { failure } = await this.backup();
    if (failure !== undefined) throw new Error(failure.Cause);
    this.#damageTables();
    this.search.removeIndex('app-orders');
    this.search.changeIndex('app-products', { documents: 3, aliases: {} });
    this.search.changeIndex('app-empty', { aliases: { products: {} } });
    return this;
  }

  /** Has tables alone, one of which takes several pages to look through; backed up and then damaged. */
  async damagedTables(): Promise<this> {
    this.plan({ search: null }).addTables(3).addItems();
    const { failure } = await this.backup();
    if (failure !== undefined) throw new Error(failure.Cause);
    this.#damageTables();
    this.dynamo.write('app-0001', 'key-7', 'damaged');
    this.dynamo.write('app-0001', 'key-17', undefined);
    return this;
  }

  addItems(): this {
    for (let number = 0; number < 25; number += 1) this.dynamo.write('app-0001', `key-${number}`, `item ${number}`);
    return this;
  }

  #damageTables(): void {
    this.dynamo.write('app-0000', 'item', undefined);
    this.dynamo.write('app-0001', 'item', 'damaged');
    this.dynamo.write('app-0001', 'another', 'one');
    this.dynamo.removeTable('app-0002');
  }

  backup(input: Input = {}, execution: Partial<Execution> = {}): Promise<WorkflowRun> {
    return this.#run('backup', { plan: 'app', ...input }, execution);
  }

  restore(input: Input = { confirmed: true }, execution: Partial<Execution> = {}): Promise<WorkflowRun> {
    return this.#run('restore', { plan: 'app', ...input }, execution);
  }

  /** Starts the restore `undo`, which fails when a side has said in the ledger that it begins, and before it does. */
  async failedOnceBegun(part: 'table-restores' | 'index-restore', input: Input = { confirmed: true }): Promise<void> {
    const target = `ledgers/app/undo/${part}.json`;
    this.buckets.faults.fail('objects.create', new Error('Runtime exited'), { target, when: 'after' });
    const { status } = await this.restore(input, { name: 'undo' });
    if (status !== 'FAILED') throw new Error(`The restore is ${status}.`);
  }

  /** Does what the last alert says, with the input that it gives for the console. */
  carryOn(execution: Partial<Execution> = {}): Promise<WorkflowRun> {
    const { workflow, input } = this.lastAlert();
    return this.#run(workflow, input, execution);
  }

  /** Undoes the restore as the last alert says, with the input that it gives for the console. */
  undo(execution: Partial<Execution> = {}): Promise<WorkflowRun> {
    const { undo } = this.lastAlert();
    if (undo === undefined) throw new Error('The alert offers no undo.');
    return this.#run('restore', undo.input, execution);
  }

  /** The last alert of a run, taken apart. */
  lastAlert(): AlertText {
    const alert = this.alerts.published.findLast(({ message }) => /^The \w+ of plan/.test(message));
    if (alert === undefined) throw new Error('There was no alert.');
    return readAlert(alert.message);
  }

  /** The recovery points of the catalog that are no safety points, the newest first. */
  async recoveryPoints(): Promise<Manifest[]> {
    return (await this.#manifests()).filter(({ safetyOf }) => safetyOf === undefined);
  }

  /** The safety points of the catalog, the newest first. */
  async safetyPoints(): Promise<Manifest[]> {
    return (await this.#manifests()).filter(({ safetyOf }) => safetyOf !== undefined);
  }

  async #manifests(): Promise<Manifest[]> {
    const listed = await listRecoveryPoints(this.buckets.open(catalog));
    return listed.flatMap((point) => point.manifest ?? []);
  }

  /** What the application can notice: its items and documents, and how tables and indices are set up. */
  application() {
    const { tables } = this.dynamo.everything();
    const { indices } = this.search.everything();
    return {
      tables: tables
        .map(({ tableId: _, arn: __, createdAt: ___, restoredFrom: ____, goneAt: _____, ...table }) => {
          const { activeAt, updatedAt, timeToLiveChangeableAt, stream, streamPolicy, ...own } = table;
          const streamArn = stream?.arn ?? 'no stream';
          const policy = streamPolicy?.replaceAll(streamArn, 'the stream');
          return { ...own, stream: stream?.viewType, streamPolicy: policy, triggers: this.#triggersOn(streamArn) };
        })
        .sort(byName),
      indices: indices
        .map(({ name, documents, primaries, replicas, aliases }) => ({ name, documents, primaries, replicas, aliases }))
        .sort(byName),
    };
  }

  #triggersOn(stream: string) {
    return this.triggers
      .filter(({ streamArn }) => streamArn === stream)
      .map(({ functionArn, configuration, tags, state }) => ({
        functionArn,
        configuration,
        tags,
        on: isEnabled({ state }),
      }))
      .sort((a, b) => (a.functionArn < b.functionArn ? -1 : 1));
  }

  /** Begins to count calls anew. */
  forgetCalls(): void {
    for (const { faults } of [this.dynamo, this.search, this.buckets, this.readings, this.changes])
      faults.calls.length = 0;
  }

  /** All that there is, ids included, but for ledgers. */
  async everything() {
    return { ...this.dynamo.everything(), ...this.search.everything(), recoveryPoints: await this.#manifests() };
  }

  #run(workflow: 'backup' | 'restore', input: unknown, execution: Partial<Execution>): Promise<WorkflowRun> {
    this.#executions += 1;
    const name = `${workflow}-${this.#executions}`;
    const functions = handlersWith(() => this.#ports(), this.clock)[workflow];
    return runWorkflow(workflow, functions, this.clock, { name, input, ...execution });
  }

  /** Has Lambda deliver one task of a restore, as `begins` told of it, and answers what it answers. */
  deliver({ name, label, event }: BegunTask): Promise<unknown> {
    const { [name]: make }: Functions = handlersWith(() => this.#ports(), this.clock).restore;
    if (make === undefined) throw new Error(`There is no function for ${name}.`);
    return taskAtWork.run(label, () => make()(event, lambdaContext(name)));
  }

  /** What it takes to pause writers and to put them back. */
  writers(): WriterPorts {
    return this.#ports();
  }

  /** Has the deployed function called that the Scheduler calls for a plan that is backed up rarely. */
  measureAge(): Promise<unknown> {
    return measureAge(() => this.#ports(), this.clock)({ plan: 'app' }, lambdaContext('MeasureAge'));
  }

  /** Has the deployed function told what EventBridge tells of an execution that was ended from outside. */
  reportStopped(event: unknown): Promise<unknown> {
    const report = reportStoppedRestore(() => this.#ports(), this.clock);
    return report(event, lambdaContext('ReportStoppedRestore'));
  }

  /** Calls the deployed function that `tandem restore --resume-writers` calls. */
  resumeLeft(input: unknown): Promise<unknown> {
    const resume = resumeLeftWriters(() => this.#ports(), this.clock);
    return resume(input, lambdaContext('ResumeLeftWriters'));
  }

  /** The application's writers: what of them is on, and what is reserved. */
  writersNow() {
    const mappings = this.triggers.filter(({ state }) => state !== 'Deleting');
    return {
      on: mappings.flatMap(({ functionArn, state }) => (isEnabled({ state }) ? [functionArn] : [])).sort(),
      reserved: Object.fromEntries(this.functions),
    };
  }

  #ports(): AllPorts {
    const { faults } = this.readings;
    const changes = this.changes.faults;
    const planFiles = fakePlanFiles(this.planFile);
    const consumers = this.#consumers;
    const scaling = fakeScaling(this.scalingTargets);
    const concurrency = fakeReservedConcurrency(this.functions);
    return {
      planFiles: { read: async () => faults.run('planFiles.read', '', () => planFiles.read()) },
      streamConsumers: {
        list: async (stream) => faults.run('streamConsumers.list', stream, () => consumers.list(stream)),
        tags: async (mapping) => faults.run('streamConsumers.tags', mapping, () => consumers.tags(mapping)),
        create: async (stream, like) =>
          changes.run('streamConsumers.create', like.functionArn, () => consumers.create(stream, like)),
        setEnabled: async (uuid, enabled) =>
          changes.run('streamConsumers.setEnabled', uuid, () => consumers.setEnabled(uuid, enabled)),
        delete: async (uuid) => changes.run('streamConsumers.delete', uuid, () => consumers.delete(uuid)),
      },
      scaling: {
        describe: async (table, indexes) =>
          faults.run('scaling.describe', table, () => scaling.describe(table, indexes)),
        put: async (target) => changes.run('scaling.put', target.resourceId, () => scaling.put(target)),
      },
      reservedConcurrency: {
        get: async (name) => faults.run('reservedConcurrency.get', name, () => concurrency.get(name)),
        set: async (name, reserved) =>
          changes.run('reservedConcurrency.set', name, () => concurrency.set(name, reserved)),
      },
      streamReferences: {
        pipes: async (prefix) => faults.run('streamReferences.pipes', '', () => this.references.pipes(prefix)),
        exports: async (prefix) => faults.run('streamReferences.exports', '', () => this.references.exports(prefix)),
      },
      openCatalog: (bucket) => this.buckets.open(bucket),
      openSnapshotBucket: (bucket) => this.buckets.open(bucket),
      tables: this.dynamo.tables,
      contributorInsights: this.dynamo.contributorInsights,
      kinesisDestinations: this.dynamo.kinesisDestinations,
      backups: this.dynamo.backups,
      tableItems: this.dynamo.tableItems,
      connectSearch: ({ endpoint }) => {
        this.connections.push(endpoint);
        return this.otherDomains.get(endpoint) ?? this.search;
      },
      region: async () => 'eu-west-1',
      alerts: this.alerts,
      place: this.place,
      defaultTopic: 'arn:aws:sns:eu-west-1:111122223333:default',
      clock: this.clock,
    };
  }
}

function byName(a: { name: string }, b: { name: string }): number {
  return a.name < b.name ? -1 : 1;
}
