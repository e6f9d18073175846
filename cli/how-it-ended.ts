import { TandemError } from '../shared/errors/tandem-error.ts';
import { alertPart, openLedger, verificationPart } from '../shared/steps/ledger.ts';
import { recordedBy } from '../shared/steps/recovery-points.ts';
import { readSettledRun } from './carry-on.ts';
import type { FoundPlanFile } from './chosen-plan.ts';
import { type EndedRun, endedRun } from './follow-run.ts';
import type { FollowOptions } from './options.ts';
import type { Surroundings } from './surroundings.ts';
import type { Deployed, Execution, Run } from './workflow.ts';

/**
 * How a run ended that is not at work any more.
 *
 * @throws TandemError RUN_UNKNOWN
 */
export async function howItEnded(
  wanted: string,
  deployed: Deployed[],
  found: FoundPlanFile,
  options: FollowOptions,
  surroundings: Surroundings,
): Promise<EndedRun> {
  const ended = (await settledRun(wanted, deployed, found, surroundings)) ?? (await neverSettled(wanted, deployed));
  if (ended === undefined) throw new TandemError('RUN_UNKNOWN', `Nobody knows a run ${wanted}.`);
  const { run, execution } = ended;
  const failure = (await execution?.ended(new AbortController().signal))?.failure;
  return endedRun(run, failure, found, options, surroundings);
}

interface Ended {
  run: Run;
  /** The one that ended it, where it did not do well. */
  execution: Execution | undefined;
}

/** One that stands in the catalog. Carried on, it had several executions: the last that failed stands beside its alert. */
async function settledRun(
  run: string,
  deployed: Deployed[],
  { file }: FoundPlanFile,
  { openCatalog }: Surroundings,
): Promise<Ended | undefined> {
  const store = openCatalog(file.catalog.bucket);
  for (const { name, workflow } of deployed) {
    for (const plan of Object.keys(file.plans)) {
      const ledger = openLedger(store, plan, run);
      if ((await readSettledRun(name, ledger)) === undefined) continue;
      const didWell =
        name === 'backup'
          ? (await recordedBy(store, plan, run)) !== undefined
          : (await ledger.read(verificationPart))?.value.differences.length === 0;
      const failed = (await ledger.read(alertPart))?.value.execution;
      const execution = didWell ? undefined : await workflow.find(failed ?? run);
      return { run: { workflow: name, plan, run, dryRun: execution?.dryRun ?? false }, execution };
    }
  }
  return undefined;
}

/** One that failed before it stood anywhere. */
async function neverSettled(run: string, deployed: Deployed[]): Promise<Ended | undefined> {
  for (const { name, workflow } of deployed) {
    const execution = await workflow.find(run);
    if (execution === undefined) continue;
    const { plan = 'unknown', dryRun } = execution;
    return { run: { workflow: name, plan, run: execution.run, dryRun }, execution };
  }
  return undefined;
}
