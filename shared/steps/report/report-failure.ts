import * as z from 'zod';
import { type ReportFailure, sidesSchema } from '../../contracts/steps.ts';
import { alertMessage, alertSubject, type FailedRun } from '../../core/failure-report.ts';
import { findPlan, parsePlanFile } from '../../core/plan-file.ts';
import { readFailure } from '../../errors/description.ts';
import type { Alerts } from '../../ports/alerts.ts';
import type { Clock } from '../../ports/clock.ts';
import type { OpenCatalog } from '../../ports/object-store.ts';
import type { PlanFiles } from '../../ports/plan-files.ts';
import type { StepRun } from '../../ports/step-run.ts';
import {
  alertPart,
  indexRestorePart,
  indexSnapshotPart,
  type Ledger,
  type LedgerPart,
  openLedger,
  restoreRunPart,
  tableBackupsPart,
  tableRestoresPart,
} from '../ledger.ts';

export interface ReportFailurePorts {
  planFiles: PlanFiles;
  openCatalog: OpenCatalog;
  alerts: Alerts;
  /** The topic of the deployment, for plans that name none. */
  defaultTopic: string | undefined;
  clock: Clock;
}

/**
 * Sends the one alert of a failed execution. Delivered again, it finds in the ledger that the alert was sent. Whatever
 * else cannot be read, the alert goes out: it then says less.
 */
export async function reportFailure(
  failure: ReportFailure,
  ports: ReportFailurePorts,
  step: StepRun,
): Promise<{ alerted: boolean }> {
  const { state, execution } = failure;
  const plan = textOr(state.plan, 'unknown');
  const run = textOr(state.run, execution.name);
  const ledger = state.catalog === undefined ? noLedger : openLedger(ports.openCatalog(state.catalog), plan, run);
  const sent = await unlessUnreadable(() => ledger.read(alertPart), step);
  if (sent?.value.execution === execution.name) return { alerted: false };

  const failed = await describe(failure, plan, run, ledger, step);
  const topic = (await unlessUnreadable(() => topicOf(plan, ports), step)) ?? ports.defaultTopic;
  await ports.alerts.publish({ topic, subject: alertSubject(failed), message: alertMessage(failed) });
  step.metric('alerts', 'Count', 1);
  step.info('sent the alert', { failures: failed.failures });
  const sentAt = ports.clock.now().toISOString();
  await unlessUnreadable(() => ledger.write(alertPart, { execution: execution.name, sentAt }, sent), step);
  return { alerted: true };
}

/** A run that failed before it had a ledger. */
const noLedger: Pick<Ledger, 'read' | 'write'> = {
  read: async () => undefined,
  write: async (_part, value) => ({ value, version: undefined }),
};

/** A catalog or a plan file that cannot be read must not keep the alert back: it is about them, as likely as not. */
async function unlessUnreadable<T>(read: () => Promise<T>, step: StepRun): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    step.info('left out of the alert', { why: String(error) });
    return undefined;
  }
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === 'string' ? value : otherwise;
}

async function describe(
  { workflow, state }: ReportFailure,
  plan: string,
  run: string,
  ledger: Pick<Ledger, 'read'>,
  step: StepRun,
): Promise<FailedRun> {
  const sides = z.object({ sides: sidesSchema }).safeParse(state);
  const caught = sides.success ? [sides.data.sides.tables.failure, sides.data.sides.search.failure] : [];
  const [first, ...others] = caught.filter((side) => side !== undefined).map(readFailure);
  const { failure: _, ...input } = state;
  const part = <T>(one: LedgerPart<T>) => unlessUnreadable(async () => (await ledger.read(one))?.value, step);
  return {
    workflow,
    plan,
    run,
    lastStep: state.lastStep,
    failures: first === undefined ? [readFailure(state.failure)] : [first, ...others],
    progress: {
      tableBackups: await part(tableBackupsPart),
      indexSnapshot: await part(indexSnapshotPart),
      tableRestores: await part(tableRestoresPart),
      indexRestore: await part(indexRestorePart),
    },
    planHash: (await part(restoreRunPart))?.planHash,
    input: state.lastStep === undefined ? input : undefined,
  };
}

async function topicOf(plan: string, ports: ReportFailurePorts): Promise<string | undefined> {
  const source = await ports.planFiles.read();
  return findPlan(parsePlanFile(source.text, source.name), plan).alerts.topic;
}
