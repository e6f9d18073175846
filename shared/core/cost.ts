import type { Plan } from '../contracts/plan-file.ts';
import { type PriceName, prices } from './prices.ts';
import type { RefillUsage } from './refill-usage.ts';

/** How much a plan holds. */
export interface Holdings {
  tables: number;
  /** Of all tables together. */
  tableGb: number;
  indices: number;
  /** Of all indices together, without replicas: a snapshot holds primary shards alone. */
  indexGb: number;
}

/** What one execution of a state machine takes. */
export interface RunUsage {
  transitions: number;
  tasks: number;
  /** For which Lambda is busy, of all tasks together. */
  seconds: number;
  /** Of each function. */
  memoryGb: number;
  /** To the catalog bucket. */
  writes: number;
  reads: number;
}

/** What is there all the time, whether anything runs or not. */
export interface Standing {
  alarms: number;
  dashboards: number;
}

export interface CostLine {
  what: string;
  quantity: number;
  price: PriceName;
  dollars: number;
}

const nightsAMonth = 365 / 12;
const hoursAMonth = nightsAMonth * 24;

/** What nobody can know beforehand. Each is meant to be rather too much than too little. */
export const assumptions = {
  /** Of the bytes of the indices, the part that a kept snapshot shares with no other one: snapshots are incremental. */
  ownShareOfSnapshot: 0.3,
  /** Objects that the domain writes for each index of a snapshot, and reads to restore it. */
  objectsPerIndex: 20,
  logGbPerTask: 10e-6,
  /** A metric is paid for in every hour in which it has data: a run touches two. */
  hoursWithMetricsPerNight: 2,
  /** Of one plan's backup. */
  metrics: 20,
  /** Ledgers are kept for 30 days in every version that a night wrote of them. */
  ledgerNights: 30,
  catalogGbPerTable: 10e-6,
  alertsPerMonth: 1,
} as const;

/**
 * How many recovery points a retention keeps, with one a night, at the most: the newest so many, and the newest one of
 * each of the last so many days, weeks and months. The newest of this week and of this month is the newest of all.
 */
export function keptAtMost({ keepLast, daily, weekly, monthly }: Plan['retention']): number {
  return Math.max(keepLast, daily) + Math.max(0, weekly - 1) + Math.max(0, monthly - 1);
}

/** What a plan costs in a month of nightly backups, when so many recovery points are kept. */
export function monthlyCost(holdings: Holdings, kept: number, night: RunUsage, standing: Standing): CostLine[] {
  const metricHours = assumptions.metrics * assumptions.hoursWithMetricsPerNight * nightsAMonth;
  const catalogGb = holdings.tables * assumptions.catalogGbPerTable * (assumptions.ledgerNights + kept);
  return [
    line('DynamoDB: table backups, each of them whole', holdings.tableGb * kept, 'tableBackupStorage'),
    line('S3: index snapshots, incremental', snapshotGb(holdings.indexGb, kept), 'objectStorage'),
    line('S3: catalog of manifests and ledgers', catalogGb, 'objectStorage'),
    ...runLines(night, holdings.indices * assumptions.objectsPerIndex, 0).map((one) => times(one, nightsAMonth)),
    line('EventBridge Scheduler: nightly start', nightsAMonth, 'scheduledInvocation'),
    line('CloudWatch: alarms', standing.alarms, 'alarm'),
    line('CloudWatch: dashboards', standing.dashboards, 'dashboard'),
    line('CloudWatch: metrics', metricHours / hoursAMonth, 'metric'),
    line('SNS: alerts by e-mail', assumptions.alertsPerMonth, 'email'),
  ];
}

/**
 * What one restore costs.
 *
 * @param holdings what is restored
 * @param safety what exists now and goes into the safety point, which is then kept for a month
 * @param refill what is read and written of tables that are refilled
 */
export function restoreCost(holdings: Holdings, run: RunUsage, safety?: Holdings, refill?: RefillUsage): CostLine[] {
  return [
    line('DynamoDB: tables restored', holdings.tableGb, 'tableRestore'),
    ...(safety === undefined ? [] : safetyLines(safety)),
    ...(refill === undefined ? [] : refillLines(refill)),
    ...runLines(
      run,
      (safety?.indices ?? 0) * assumptions.objectsPerIndex,
      holdings.indices * assumptions.objectsPerIndex,
    ),
  ];
}

function safetyLines({ tableGb, indexGb }: Holdings): CostLine[] {
  return [
    line('DynamoDB: table backups of the safety point, for a month', tableGb, 'tableBackupStorage'),
    line('S3: snapshot of the safety point, for a month', ownGb(indexGb), 'objectStorage'),
  ];
}

function refillLines({ readUnits, writeUnits }: RefillUsage): CostLine[] {
  return [
    line('DynamoDB: reads of a refill, of both tables', readUnits, 'tableRead'),
    line('DynamoDB: writes of a refill, at most', writeUnits, 'tableWrite'),
  ];
}

/** A read unit reads 4 KB of a table, strongly consistent; a scan begins a new one with each of its pages alone. */
const bytesPerReadUnit = 4_096;

/** What it costs to count the items of tables of these sizes: each of them is read. */
export function countingCost(tableBytes: number[]): CostLine[] {
  const units = tableBytes.reduce((sum, bytes) => sum + Math.max(1, Math.ceil(bytes / bytesPerReadUnit)), 0);
  return [line('DynamoDB: reads to count the items', units, 'tableRead')];
}

/** In dollars. */
export function totalOf(lines: CostLine[]): number {
  return lines.reduce((sum, { dollars }) => sum + dollars, 0);
}

/** The first snapshot holds everything, each further one what no other holds. */
function snapshotGb(indexGb: number, kept: number): number {
  return indexGb + ownGb(indexGb) * (kept - 1);
}

function ownGb(indexGb: number): number {
  return indexGb * assumptions.ownShareOfSnapshot;
}

function runLines(run: RunUsage, snapshotWrites: number, snapshotReads: number): CostLine[] {
  return [
    line('Step Functions: state transitions', run.transitions, 'stateTransition'),
    line('Lambda: time', run.seconds * run.memoryGb, 'lambdaCompute'),
    line('Lambda: requests', run.tasks, 'lambdaRequest'),
    line('S3: writes', run.writes + snapshotWrites, 'objectWrite'),
    line('S3: reads', run.reads + snapshotReads, 'objectRead'),
    line('CloudWatch: logs', run.tasks * assumptions.logGbPerTask, 'logs'),
  ];
}

function line(what: string, quantity: number, price: PriceName): CostLine {
  const { dollars, per } = prices[price];
  return { what, quantity, price, dollars: (quantity * dollars) / per };
}

function times({ what, quantity, price }: CostLine, count: number): CostLine {
  return line(what, quantity * count, price);
}
