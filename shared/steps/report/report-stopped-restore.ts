import { restoreInputSchema } from '../../contracts/steps.ts';
import type { StoppedExecution } from '../../contracts/writers.ts';
import { findPlan, parsePlanFile } from '../../core/plan-file.ts';
import { describeFailure } from '../../errors/description.ts';
import { reasonOf, TandemError } from '../../errors/tandem-error.ts';
import type { StepRun } from '../../ports/step-run.ts';
import { type PutWritersBackPorts, putWritersBack } from '../restore/put-writers-back.ts';
import { readLock } from '../restore/restore-lock.ts';
import { type ReportFailurePorts, reportFailure } from './report-failure.ts';

export interface ReportStoppedRestorePorts extends ReportFailurePorts, PutWritersBackPorts {}

const endings = {
  ABORTED: ['EXECUTION_STOPPED', 'Somebody stopped the execution.'],
  TIMED_OUT: ['DEADLINE_EXCEEDED', 'The execution took longer than its state machine allows.'],
} as const;

/**
 * Does what a restore cannot do any more whose execution was ended from outside: puts its writers back, and sends its alert.
 * Where it had changed nothing yet, was a dry run, or goes on in another execution already, there is nothing to do.
 */
export async function reportStoppedRestore(
  { detail: { name, status, startDate, input: given } }: StoppedExecution,
  ports: ReportStoppedRestorePorts,
  step: StepRun,
): Promise<{ reported: boolean }> {
  const input = restoreInputSchema.safeParse(JSON.parse(given ?? 'null')).data;
  if (input === undefined) return { reported: false };
  const { plan, run = name } = input;
  const source = await ports.planFiles.read();
  const file = parsePlanFile(source.text, source.name);
  findPlan(file, plan);
  const catalog = file.catalog.bucket;
  const store = ports.openCatalog(catalog);
  const lock = await readLock(store, plan);
  if (lock === undefined || lock.execution !== name || lock.releasedAt !== undefined) return { reported: false };
  try {
    await putWritersBack(store, { plan, run }, ports, step);
  } catch (error) {
    // The report finds in the ledger that they are paused still, and sends the alert of that.
    step.info('the writers are not back', { why: reasonOf(error) });
  }
  const [code, message] = endings[status];
  const ended = new TandemError(code, message);
  const failure = { Error: ended.name, Cause: describeFailure('Execution', ended) };
  const execution = { name, startedAt: new Date(startDate).toISOString() };
  await reportFailure({ workflow: 'restore', execution, state: { failure, plan, run, catalog } }, ports, step);
  return { reported: true };
}
