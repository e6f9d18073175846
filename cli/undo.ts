import type { ObjectStore } from '../shared/ports/object-store.ts';
import { hasBegun, type Ledger } from '../shared/steps/ledger.ts';
import { recordedSafetyPoint } from '../shared/steps/recovery-points.ts';
import { undoCommand } from './carry-on.ts';
import type { FollowOptions } from './options.ts';
import type { Run } from './workflow.ts';

/** How a restore is undone: by bringing its safety point back. */
export interface Undo {
  safetyPoint: string;
  command: string;
}

/** How a run is undone; undefined where it has changed nothing, or its safety point was waived. */
export async function findUndo(
  { workflow, plan, run }: Run,
  { store, ledger }: { store: ObjectStore; ledger: Ledger },
  options: FollowOptions,
): Promise<Undo | undefined> {
  if (workflow === 'backup' || !(await hasBegun(ledger))) return undefined;
  const safetyPoint = await recordedSafetyPoint(store, plan, run);
  return safetyPoint === undefined ? undefined : { safetyPoint, command: undoCommand(plan, safetyPoint, options) };
}
