import { backupRunPart, type Ledger, restoreRunPart } from '../shared/steps/ledger.ts';
import type { WorkflowOptions } from './options.ts';
import type { WorkflowName } from './workflow.ts';

/** What a run settled when it began, as far as it takes to carry on with it. */
interface SettledRun {
  /** What has to be confirmed again; a backup has nothing to confirm. */
  planHash: string | undefined;
}

/** What a run settled when it began, or undefined where it never came so far. */
export async function readSettledRun(workflow: WorkflowName, ledger: Ledger): Promise<SettledRun | undefined> {
  if (workflow === 'backup') return (await ledger.read(backupRunPart)) && { planHash: undefined };
  const restore = await ledger.read(restoreRunPart);
  return restore && { planHash: restore.value.planHash };
}

/** The command that follows a run that goes on, and carries on with one that has failed. */
export function carryOnCommand(
  run: { workflow: WorkflowName; plan: string; run: string; planHash: string | undefined },
  { local, stage, config }: Pick<WorkflowOptions, 'local' | 'stage' | 'config'>,
): string {
  return [
    `npx tandem ${run.workflow} ${run.plan} --run ${run.run}`,
    ...(run.planHash === undefined ? [] : [`--plan-hash ${run.planHash}`]),
    ...(local ? ['--local'] : []),
    ...(stage === undefined ? [] : [`--stage ${quoted(stage)}`]),
    ...(config === undefined ? [] : [`--config ${quoted(config)}`]),
  ].join(' ');
}

/** As a shell wants it. */
function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
