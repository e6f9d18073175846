import type { Failure, ReportFailure } from '../../contracts/steps.ts';
import { alertMessage, alertSubject } from '../../core/failure-report.ts';
import type { RunPlace } from '../../core/how-to-go-on.ts';
import { findPlan, parsePlanFile } from '../../core/plan-file.ts';
import { inWords } from '../../errors/description.ts';
import { isTransient } from '../../errors/tandem-error.ts';
import type { Alerts } from '../../ports/alerts.ts';
import type { Clock } from '../../ports/clock.ts';
import type { OpenCatalog } from '../../ports/object-store.ts';
import type { PlanFiles } from '../../ports/plan-files.ts';
import type { StepRun } from '../../ports/step-run.ts';
import { alertPart, type Ledger, openLedger } from '../ledger.ts';
import { readFailedRun } from './failed-run.ts';

export interface ReportFailurePorts {
  planFiles: PlanFiles;
  openCatalog: OpenCatalog;
  alerts: Alerts;
  /** The topic of the deployment, for plans that name none. */
  defaultTopic: string | undefined;
  /** Where this runs, as the command line finds it. */
  place: RunPlace;
  clock: Clock;
}

/**
 * Sends the one alert of a failed execution. Delivered again, it finds in the ledger that the alert was sent. Whatever
 * else cannot be read, the alert goes out: it then says less. Of a message whose sending was cut off nobody knows whether
 * it was sent: rather two than none.
 *
 * @returns the failure in words alone, which the execution ends with
 */
export async function reportFailure(
  failure: ReportFailure,
  ports: ReportFailurePorts,
  step: StepRun,
): Promise<Failure> {
  const { state, execution } = failure;
  const plan = state.plan ?? textOr(state.input?.plan, 'unknown');
  const run = state.run ?? textOr(state.input?.run, execution.name);
  const planned = await unlessUnreadable(() => plannedIn(plan, ports), step);
  const catalog = state.catalog ?? planned?.catalog;
  const store = catalog === undefined ? undefined : ports.openCatalog(catalog);
  const ledger = store === undefined ? noLedger : openLedger(store, plan, run);
  const sent = await unlessUnreadable(() => ledger.read(alertPart), step);
  if (sent?.value.execution === execution.name) return inWords(state.failure);

  const where = { plan, run, place: ports.place };
  const failed = await readFailedRun(failure, where, store, ledger, (read) => unlessUnreadable(read, step));
  await publish({ subject: alertSubject(failed), message: alertMessage(failed) }, planned?.topic, ports, step);
  step.metric('alerts', 'Count', 1);
  step.info('sent the alert', { failures: failed.failures });
  const sentAt = ports.clock.now().toISOString();
  await unlessUnreadable(() => ledger.write(alertPart, { execution: execution.name, sentAt }, sent), step);
  return inWords(state.failure);
}

/** A plan's own topic that takes no message must not cost the alert: then it goes to the deployment's. */
async function publish(
  alert: { subject: string; message: string },
  topic: string | undefined,
  { alerts, defaultTopic }: ReportFailurePorts,
  step: StepRun,
): Promise<void> {
  try {
    await alerts.publish({ ...alert, topic: topic ?? defaultTopic });
  } catch (error) {
    if (topic === undefined || defaultTopic === undefined || isTransient(error)) throw error;
    step.info('sent to the topic of the deployment instead', { why: String(error) });
    const message = `${alert.message}\n\nThis should have gone to ${topic}: ${String(error)}`;
    await alerts.publish({ ...alert, message, topic: defaultTopic });
  }
}

/** For a run whose catalog is not known. */
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

/** What the plan file says of the plan: where its catalog is and where its alerts go to. */
async function plannedIn(plan: string, { planFiles }: ReportFailurePorts) {
  const source = await planFiles.read();
  const file = parsePlanFile(source.text, source.name);
  return { catalog: file.catalog.bucket, topic: findPlan(file, plan).alerts.topic };
}
