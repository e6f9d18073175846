import { stringify } from 'yaml';
import type { Manifest } from '../../shared/contracts/manifest.ts';
import type { EventSourceMapping, ScalingTarget } from '../../shared/contracts/table-settings.ts';
import type { RunPlace } from '../../shared/core/how-to-go-on.ts';
import { listRecoveryPoints } from '../../shared/steps/recovery-points.ts';
import { type AlertText, readAlert } from './alert-text.ts';
import { FakeAlerts } from './fakes/alerts.ts';
import { FakeClock } from './fakes/clock.ts';
import { FakeDynamoDb } from './fakes/dynamodb.ts';
import type { Durations } from './fakes/dynamodb-account.ts';
import { Faults } from './fakes/faults.ts';
import { FakeBuckets } from './fakes/object-store.ts';
import { fakePlanFiles } from './fakes/plan-files.ts';
import { fakeScaling } from './fakes/scaling.ts';
import { FakeSearch } from './fakes/search.ts';
import type { SearchDurations } from './fakes/search-cluster.ts';
import { fakeStreamConsumers } from './fakes/stream-consumers.ts';
import { type AllPorts, handlersWith } from './handlers.ts';
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
  /** Of what only answers. */
  readonly readings = {
    faults: new Faults<'planFiles.read' | 'streamConsumers.list' | 'streamConsumers.tags' | 'scaling.describe'>(),
  };
  /** Where the workflows run, as the command line finds it. */
  place: RunPlace = {};
  /** The endpoints that were connected to. */
  readonly connections: string[] = [];
  #executions = 0;

  constructor(durations: { dynamo?: Partial<Durations>; search?: Partial<SearchDurations> } = {}) {
    this.dynamo = new FakeDynamoDb(this.clock, durations.dynamo);
    this.search = new FakeSearch(this.clock, durations.search);
  }

  /** Has a plan file with this plan alone, named `app`; whatever it leaves out is as usual. */
  plan(plan: { tables?: object | null; search?: object | null; strategies?: object; deadline?: string }): this {
    const tables = plan.tables === undefined ? { include: ['app-*'] } : plan.tables;
    const search = plan.search === null ? null : { ...usualSearch, ...plan.search };
    const parts = { ...plan, tables, search };
    const given = Object.entries(parts).filter(([, part]) => part !== null);
    this.planFile = planFileWith({ app: Object.fromEntries(given) });
    return this;
  }

  /** Adds the tables app-0000, app-0001, ... with an item each, and everything settings can be. */
  addTables(count: number): this {
    for (let number = 0; number < count; number += 1) {
      this.dynamo.addTable(
        {
          name: `app-${String(number).padStart(4, '0')}`,
          tags: { application: 'shop' },
          stream: 'NEW_IMAGE',
          timeToLive: 'expiresAt',
          pointInTimeRecovery: { days: 35 },
          deletionProtection: true,
        },
        { item: `of table ${number}` },
      );
    }
    return this;
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
    this.dynamo.write('app-0000', 'item', undefined);
    this.dynamo.write('app-0001', 'item', 'damaged');
    this.dynamo.write('app-0001', 'another', 'one');
    this.dynamo.removeTable('app-0002');
    this.search.removeIndex('app-orders');
    this.search.changeIndex('app-products', { documents: 3, aliases: {} });
    this.search.changeIndex('app-empty', { aliases: { products: {} } });
    return this;
  }

  backup(input: Input = {}, execution: Partial<Execution> = {}): Promise<WorkflowRun> {
    return this.#run('backup', { plan: 'app', ...input }, execution);
  }

  restore(input: Input = { confirmed: true }, execution: Partial<Execution> = {}): Promise<WorkflowRun> {
    return this.#run('restore', { plan: 'app', ...input }, execution);
  }

  /** Starts the restore `undo`, which fails when a side has said in the ledger that it begins, and before it does. */
  async failedOnceBegun(part: 'table-restores' | 'index-restore'): Promise<void> {
    const target = `ledgers/app/undo/${part}.json`;
    this.buckets.faults.fail('objects.create', new Error('Runtime exited'), { target, when: 'after' });
    const { status } = await this.restore({ confirmed: true }, { name: 'undo' });
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

  /** The last alert, taken apart. */
  lastAlert(): AlertText {
    const alert = this.alerts.published.at(-1);
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
        .map(({ name, items, shape, tags, timeToLive, pointInTimeRecovery, deletionProtection, stream }) => {
          return {
            name,
            items,
            shape,
            tags,
            timeToLive,
            pointInTimeRecovery,
            deletionProtection,
            stream: stream?.viewType,
          };
        })
        .sort(byName),
      indices: indices
        .map(({ name, documents, primaries, replicas, aliases }) => ({ name, documents, primaries, replicas, aliases }))
        .sort(byName),
    };
  }

  /** Begins to count calls anew. */
  forgetCalls(): void {
    for (const { faults } of [this.dynamo, this.search, this.buckets, this.readings]) faults.calls.length = 0;
  }

  /** All that there is, ids included, but for ledgers. */
  async everything() {
    return { ...this.dynamo.everything(), ...this.search.everything(), recoveryPoints: await this.#manifests() };
  }

  #run(workflow: 'backup' | 'restore', input: unknown, execution: Partial<Execution>): Promise<WorkflowRun> {
    this.#executions += 1;
    const name = `${workflow}-${this.#executions}`;
    const handlers = () => handlersWith(() => this.#ports(), this.clock)[workflow];
    return runWorkflow(workflow, handlers, this.clock, { name, input, ...execution });
  }

  #ports(): AllPorts {
    const { faults } = this.readings;
    const planFiles = fakePlanFiles(this.planFile);
    const streamConsumers = fakeStreamConsumers(this.triggers);
    const scaling = fakeScaling(this.scalingTargets);
    return {
      planFiles: { read: async () => faults.run('planFiles.read', '', () => planFiles.read()) },
      streamConsumers: {
        list: async (stream) => faults.run('streamConsumers.list', stream, () => streamConsumers.list(stream)),
        tags: async (mapping) => faults.run('streamConsumers.tags', mapping, () => streamConsumers.tags(mapping)),
      },
      scaling: {
        describe: async (table, indexes) =>
          faults.run('scaling.describe', table, () => scaling.describe(table, indexes)),
      },
      openCatalog: (bucket) => this.buckets.open(bucket),
      tables: this.dynamo.tables,
      backups: this.dynamo.backups,
      connectSearch: ({ endpoint }) => {
        this.connections.push(endpoint);
        return this.search;
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
