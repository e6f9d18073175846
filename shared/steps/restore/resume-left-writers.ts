import type { LeftWriters, LeftWritersInput } from '../../contracts/writers.ts';
import { parsePlanFile } from '../../core/plan-file.ts';
import type { OpenCatalog } from '../../ports/object-store.ts';
import type { PlanFiles } from '../../ports/plan-files.ts';
import type { StepRun } from '../../ports/step-run.ts';
import { openLedger, restoreRunPart } from '../ledger.ts';
import { type PutWritersBackPorts, putWritersBack } from './put-writers-back.ts';

export interface ResumeLeftWritersPorts extends PutWritersBackPorts {
  planFiles: PlanFiles;
  openCatalog: OpenCatalog;
}

/**
 * Puts back the writers that a restore has left paused which was killed, or could not put them back itself.
 *
 * @throws TandemError RUN_UNKNOWN, WRITERS_NOT_RESUMED
 */
export async function resumeLeftWriters(
  input: LeftWritersInput,
  ports: ResumeLeftWritersPorts,
  step: StepRun,
): Promise<LeftWriters> {
  const source = await ports.planFiles.read();
  const store = ports.openCatalog(parsePlanFile(source.text, source.name).catalog.bucket);
  await openLedger(store, input.plan, input.run).get(restoreRunPart);
  return { writers: (await putWritersBack(store, input, ports, step)) ?? null };
}
