import { step as checkIndexSnapshot } from '../../functions/backup/check-index-snapshot.ts';
import { step as checkTableBackups } from '../../functions/backup/check-table-backups.ts';
import { step as ensureRepository } from '../../functions/backup/ensure-repository.ts';
import { step as planBackup } from '../../functions/backup/plan-backup.ts';
import { step as recordRecoveryPoint } from '../../functions/backup/record-recovery-point.ts';
import { step as startIndexSnapshot } from '../../functions/backup/start-index-snapshot.ts';
import { step as startTableBackups } from '../../functions/backup/start-table-backups.ts';
import { step as reportFailure } from '../../functions/report/report-failure.ts';
import { step as reportOutcome } from '../../functions/report/report-outcome.ts';
import { step as checkIndexRecovery } from '../../functions/restore/check-index-recovery.ts';
import { step as deleteIndices } from '../../functions/restore/delete-indices.ts';
import { step as planRestore } from '../../functions/restore/plan-restore.ts';
import { step as restoreIndices } from '../../functions/restore/restore-indices.ts';
import { step as restoreTables } from '../../functions/restore/restore-tables.ts';
import { step as verifyRestore } from '../../functions/restore/verify-restore.ts';
import type { Manifest } from '../../shared/contracts/manifest.ts';
import { listRecoveryPoints } from '../../shared/steps/recovery-points.ts';
import { FakeAlerts } from './fakes/alerts.ts';
import { FakeClock } from './fakes/clock.ts';
import { FakeDynamoDb } from './fakes/dynamodb.ts';
import type { Durations } from './fakes/dynamodb-account.ts';
import { FakeBuckets } from './fakes/object-store.ts';
import { fakePlanFiles } from './fakes/plan-files.ts';
import { fakeScaling } from './fakes/scaling.ts';
import { FakeSearch } from './fakes/search.ts';
import type { SearchDurations } from './fakes/search-cluster.ts';
import { fakeStreamConsumers } from './fakes/stream-consumers.ts';
import { type Execution, runWorkflow, type WorkflowRun } from './workflow.ts';

export const catalog = 'tandem-catalog';

const usualPlanFile = `
version: 1
catalog: { bucket: ${catalog} }
plans:
  app:
    tables: { include: ["app-*"] }
    search:
      endpoint: https://search.example.com
      indices: { include: ["app-*"] }
      repository: { name: tandem, bucket: snapshots, basePath: app, roleArn: "arn:aws:iam::111122223333:role/snapshots" }
    alerts: { topic: "arn:aws:sns:eu-west-1:111122223333:alerts" }
  other:
    tables: { include: ["app-*"] }
`;

/** An account and a domain in memory, in which both workflows run as they are deployed, in virtual time. */
export class World {
  readonly clock = new FakeClock();
  readonly dynamo: FakeDynamoDb;
  readonly search: FakeSearch;
  readonly buckets = new FakeBuckets(catalog);
  readonly alerts = new FakeAlerts();
  /** Set to undefined for a deployment without a plan file. */
  planFile: string | undefined = usualPlanFile;

  constructor(durations: { dynamo?: Partial<Durations>; search?: Partial<SearchDurations> } = {}) {
    this.dynamo = new FakeDynamoDb(this.clock, durations.dynamo);
    this.search = new FakeSearch(this.clock, durations.search);
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

  backup(input: Record<string, unknown> = {}, execution: Partial<Execution> = {}): Promise<WorkflowRun> {
    return this.#run('backup', { plan: 'app', ...input }, execution);
  }

  restore(
    input: Record<string, unknown> = { confirmed: true },
    execution: Partial<Execution> = {},
  ): Promise<WorkflowRun> {
    return this.#run('restore', { plan: 'app', ...input }, execution);
  }

  /** The recovery points of the catalog, the newest first. */
  async recoveryPoints(): Promise<Manifest[]> {
    const listed = await listRecoveryPoints(this.buckets.open(catalog));
    return listed.flatMap((point) => point.manifest ?? []);
  }

  #executions = 0;

  #run(workflow: 'backup' | 'restore', input: unknown, execution: Partial<Execution>): Promise<WorkflowRun> {
    this.#executions += 1;
    const name = `${workflow}-${this.#executions}`;
    return runWorkflow(workflow, this.#handlers()[workflow], this.clock, { name, input, ...execution });
  }

  #handlers() {
    const ports = () => ({
      planFiles: fakePlanFiles(this.planFile),
      openCatalog: (bucket: string) => this.buckets.open(bucket),
      tables: this.dynamo.tables,
      backups: this.dynamo.backups,
      connectSearch: () => this.search,
      streamConsumers: fakeStreamConsumers(),
      scaling: fakeScaling(),
      region: async () => 'eu-west-1',
      alerts: this.alerts,
      defaultTopic: 'arn:aws:sns:eu-west-1:111122223333:default',
      clock: this.clock,
    });
    const report = { ReportOutcome: reportOutcome(ports), ReportFailure: reportFailure(ports) };
    return {
      backup: {
        PlanBackup: planBackup(ports),
        StartTableBackups: startTableBackups(ports),
        CheckTableBackups: checkTableBackups(ports),
        EnsureRepository: ensureRepository(ports),
        StartIndexSnapshot: startIndexSnapshot(ports),
        CheckIndexSnapshot: checkIndexSnapshot(ports),
        RecordRecoveryPoint: recordRecoveryPoint(ports),
        ...report,
      },
      restore: {
        PlanRestore: planRestore(ports),
        RestoreTables: restoreTables(ports),
        DeleteIndices: deleteIndices(ports),
        RestoreIndices: restoreIndices(ports),
        CheckIndexRecovery: checkIndexRecovery(ports),
        VerifyRestore: verifyRestore(ports),
        ...report,
      },
    };
  }
}
