import type { Manifest } from '../../contracts/manifest.ts';
import type { RunState } from '../../contracts/steps.ts';
import type { StepRun } from '../../ports/step-run.ts';
import { type RecordRunPorts, recordRun } from '../record-run.ts';

/**
 * Writes the manifest, last and once, after every part was looked at once more: from then on there is a recovery point.
 *
 * @throws TandemError BACKUP_VANISHED, SNAPSHOT_VANISHED, SNAPSHOT_INCOMPLETE
 */
export async function recordRecoveryPoint(state: RunState, ports: RecordRunPorts, step: StepRun): Promise<RunState> {
  report(await recordRun(state, ports), step);
  return { ...state, lastStep: 'RecordRecoveryPoint' };
}

function report(manifest: Manifest, step: StepRun): void {
  const indices = manifest.search?.indices ?? [];
  const bytes = (parts: { bytes: number }[]) => parts.reduce((sum, part) => sum + part.bytes, 0);
  const completedAt = seconds(manifest.completedAt);
  // When it was recorded, for its age; that it was recorded at all, for the alarm that rings when nothing was.
  step.metric('recoveryPointAt', 'Seconds', completedAt);
  step.metric('backupSeconds', 'Seconds', completedAt - seconds(manifest.startedAt));
  step.metric('tables', 'Count', manifest.tables.length);
  step.metric('indices', 'Count', indices.length);
  step.metric(
    'documents',
    'Count',
    indices.reduce((sum, index) => sum + (index.documents ?? 0), 0),
  );
  step.metric('tableBytes', 'Bytes', bytes(manifest.tables));
  step.metric('indexBytes', 'Bytes', bytes(indices));
  step.metric('skewSeconds', 'Seconds', manifest.skewSeconds);
  step.info('recorded the recovery point', { recoveryPoint: manifest.recoveryPoint, hash: manifest.hash });
}

function seconds(moment: string): number {
  return Date.parse(moment) / 1_000;
}
