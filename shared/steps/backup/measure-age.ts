import type { MeasureAge } from '../../contracts/steps.ts';
import { parsePlanFile } from '../../core/plan-file.ts';
import type { Clock } from '../../ports/clock.ts';
import type { OpenCatalog } from '../../ports/object-store.ts';
import type { PlanFiles } from '../../ports/plan-files.ts';
import type { StepRun } from '../../ports/step-run.ts';
import { newestSound } from '../recovery-points.ts';

interface MeasureAgePorts {
  planFiles: PlanFiles;
  openCatalog: OpenCatalog;
  clock: Clock;
}

/**
 * Tells how old the newest recovery point of a plan is, for the alarm of one that is backed up more rarely than an alarm
 * looks back. Where there is none nothing is told, which that alarm takes for too old. A damaged one does not count: the
 * doctor tells of it, and an alarm that nothing but its deletion silences would hide that backups stopped as well.
 */
export async function measureAge({ plan }: MeasureAge, ports: MeasureAgePorts, step: StepRun): Promise<void> {
  const source = await ports.planFiles.read();
  const { catalog } = parsePlanFile(source.text, source.name);
  const newest = await newestSound(ports.openCatalog(catalog.bucket), plan);
  if (newest === undefined) return;
  const now = ports.clock.now();
  step.metric('recoveryPointAge', 'Seconds', (now.getTime() - Date.parse(newest.completedAt)) / 1_000);
}
