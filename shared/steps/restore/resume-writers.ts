import type { RestoreState } from '../../contracts/steps.ts';
import type { OpenCatalog } from '../../ports/object-store.ts';
import type { StepRun } from '../../ports/step-run.ts';
import { type PutWritersBackPorts, putWritersBack } from './put-writers-back.ts';

export interface ResumeWritersPorts extends PutWritersBackPorts {
  openCatalog: OpenCatalog;
}

/**
 * Puts the writers back as they were before the restore, and switches its new triggers on: after it was verified, and after
 * whatever failed since they were paused.
 *
 * @throws TandemError WRITERS_NOT_RESUMED
 */
export async function resumeWriters(
  state: RestoreState,
  ports: ResumeWritersPorts,
  step: StepRun,
): Promise<RestoreState> {
  await putWritersBack(ports.openCatalog(state.catalog), state, ports, step);
  return { ...state, lastStep: 'ResumeWriters' };
}
