import type { Failure, ReportFailure } from '../../contracts/steps.ts';
import { alertMessage, alertSubject, codesOf, writersAlert } from '../../core/failure-report.ts';
import type { RunPlace } from '../../core/how-to-go-on.ts';
import { findPlan, parsePlanFile } from '../../core/plan-file.ts';
import { inWords } from '../../errors/description.ts';
import { isTransient } from '../../errors/tandem-error.ts';
import type { Alerts } from '../../ports/alerts.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ObjectStore, OpenCatalog } from '../../ports/object-store.ts';
import type { PlanFiles } from '../../ports/plan-files.ts';
import type { StepRun } from '../../ports/step-run.ts';
import { alertPart, type Ledger, openLedger } from '../ledger.ts';
import { releaseLock } from '../restore/restore-lock.ts';
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
 * Sends the one alert of a failed execution, and lets other restores of the plan begin. Delivered again, it finds in the
 * ledger that the alert was sent. Whatever else cannot be read, the alert goes out: it then says less. Of a message whose sending was cut off nobody knows whether
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
  const recorded = await alertOnce(failure, { plan, run, store, ledger, topic: planned?.topic }, ports, step);
  if (failure.workflow === 'restore' && store !== undefined) {
    const release = () => releaseLock(store, plan, { run, execution: execution.name }, ports.clock.now());
    // To be delivered again for it would send the alert again, where nothing says that it was sent.
    await (recorded ? release() : unlessUnreadable(release, step));
  }
  return inWords(state.failure);
}

interface Where {
  plan: string;
  run: string;
  store: ObjectStore | undefined;
  ledger: Pick<Ledger, 'read' | 'write'>;
  topic: string | undefined;
}

/** @returns whether the ledger knows by now that the alert was sent */
async function alertOnce(
  failure: ReportFailure,
  { plan, run, store, ledger, topic }: Where,
  ports: ReportFailurePorts,
  step: StepRun,
): Promise<boolean> {
  const execution = failure.execution.name;
  const sent = await unlessUnreadable(() => ledger.read(alertPart), step);
  if (sent?.value.execution === execution) return true;
  const where = { plan, run, place: ports.place };
  const failed = await readFailedRun(failure, where, store, ledger, (read) => unlessUnreadable(read, step));
  await publish({ subject: alertSubject(failed), message: alertMessage(failed) }, topic, ports, step);
  // What the run itself failed with is of no interest to whoever only has to put writers back.
  const ofWriters = codesOf(failed).includes('WRITERS_NOT_RESUMED') ? undefined : writersAlert(failed);
  if (ofWriters !== undefined) await publish(ofWriters, topic, ports, step);
  step.metric('alerts', 'Count', 1);
  step.info('sent the alert', { failures: failed.failures });
  const sentAt = ports.clock.now().toISOString();
  const entry = await unlessUnreadable(() => ledger.write(alertPart, { execution, sentAt }, sent), step);
  return entry?.version !== undefined;
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
