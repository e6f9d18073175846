import type { RestoreState } from '../../contracts/steps.ts';
import { TandemError } from '../../errors/tandem-error.ts';
import type { StepRun } from '../../ports/step-run.ts';
import { type RecordRunPorts, recordRun } from '../record-run.ts';

/**
 * Writes the manifest of the safety point, once every part of it was looked at once more: from then on the restore can be
 * undone. It is no backup of the night, and so leaves no metric by which those are watched.
 *
 * @throws TandemError BACKUP_VANISHED, SNAPSHOT_VANISHED, SNAPSHOT_INCOMPLETE; USAGE where none was to be taken, which the
 * state machine rules out
 */
export async function recordSafetyPoint(
  state: RestoreState,
  ports: RecordRunPorts,
  step: StepRun,
): Promise<RestoreState> {
  const { catalog, plan, run, safetyPoint } = state;
  if (safetyPoint === undefined) throw new TandemError('USAGE', `Run ${run} takes no safety point.`);
  const { recoveryPoint, hash } = await recordRun({ catalog, plan, run: safetyPoint.run }, ports);
  step.info('recorded the safety point', { recoveryPoint, hash });
  return { ...state, lastStep: 'RecordSafetyPoint' };
}
