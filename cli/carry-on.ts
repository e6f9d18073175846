import { tandemCommand, undoOf } from '../shared/core/how-to-go-on.ts';
import { backupRunPart, hasBegun, type Ledger, restoreRunPart } from '../shared/steps/ledger.ts';
import type { FollowOptions } from './options.ts';
import type { WorkflowName } from './workflow.ts';

/** What a run settled when it began, as far as it takes to carry on with it. */
export interface SettledRun {
  /** The one that settled it. */
  execution: string;
  /** What has to be confirmed again; a backup has nothing to confirm. */
  planHash: string | undefined;
  /** Whether a restore has begun to change anything. */
  begun: boolean;
}

/** What a run settled when it began, or undefined where it never came so far. */
export async function readSettledRun(workflow: WorkflowName, ledger: Ledger): Promise<SettledRun | undefined> {
  if (workflow === 'backup') {
    const backup = await ledger.read(backupRunPart);
    return backup && { execution: backup.value.execution, planHash: undefined, begun: true };
  }
  const restore = await ledger.read(restoreRunPart);
  if (restore === undefined) return undefined;
  const { execution, planHash } = restore.value;
  return { execution, planHash, begun: await hasBegun(ledger) };
}

/** The command that carries on with a run that has failed. */
export function carryOnCommand(
  { workflow, plan, run }: { workflow: WorkflowName; plan: string; run: string },
  { planHash }: Pick<SettledRun, 'planHash'>,
  { local, stage, config }: FollowOptions,
): string {
  return tandemCommand(workflow, plan, { run, planHash, local, stage, config });
}

/** The command that undoes a restore. @param safetyPoint its id */
export function undoCommand(plan: string, safetyPoint: string, { local, stage, config }: FollowOptions): string {
  return tandemCommand('restore', plan, { ...undoOf(plan, safetyPoint), local, stage, config });
}

/** The command that follows a run which goes on in AWS, or tells how it has ended. */
export function watchCommand(run: string, { stage, config }: FollowOptions): string {
  return tandemCommand('watch', run, { stage, config });
}
