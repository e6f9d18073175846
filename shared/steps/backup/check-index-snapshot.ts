import type { IndexSnapshot } from '../../contracts/ledger/backup-run.ts';
import type { RunState } from '../../contracts/steps.ts';
import { assertWithinDeadline } from '../../core/deadline.ts';
import { unlessChanged } from '../../core/index-definition.ts';
import { snapshotProblems } from '../../core/snapshot-verdict.ts';
import { firstWaitSeconds, nextWaitSeconds } from '../../core/waits.ts';
import { TandemError } from '../../errors/tandem-error.ts';
import type { Clock } from '../../ports/clock.ts';
import type { OpenCatalog } from '../../ports/object-store.ts';
import type { ConnectSearch, SearchDomain } from '../../ports/search-domain.ts';
import type { Snapshot } from '../../ports/snapshots.ts';
import type { StepRun } from '../../ports/step-run.ts';
import { captureDefinitions } from '../capture-indices.ts';
import { type Entry, indexSnapshotPart, type Ledger, openLedger } from '../ledger.ts';
import { type SearchOfRun, searchOfRun } from '../search-of-run.ts';

export interface CheckIndexSnapshotPorts {
  openCatalog: OpenCatalog;
  connectSearch: ConnectSearch;
  clock: Clock;
}

/**
 * Looks at the snapshot of the run: its progress while it runs, which is cheap, and the verdict from the snapshot itself
 * once it has ended.
 *
 * @throws TandemError SNAPSHOT_INCOMPLETE, SNAPSHOT_VANISHED, DEADLINE_EXCEEDED
 */
export async function checkIndexSnapshot(
  state: RunState,
  ports: CheckIndexSnapshotPorts,
  step: StepRun,
): Promise<RunState> {
  const ledger = openLedger(ports.openCatalog(state.catalog), state.plan, state.run);
  const search = await searchOfRun(ledger);
  const domain = ports.connectSearch(search);
  const entry = await ledger.get(indexSnapshotPart);
  const name = nameOf(entry.value, state);

  const progress = await domain.snapshots.progress(search.repository.name, name);
  const snapshot = progress === undefined ? await present(domain, search, name, entry.value.uuid) : undefined;
  if (snapshot !== undefined && snapshot.state !== 'IN_PROGRESS') {
    await conclude(snapshot, search, domain, ledger, entry);
    step.metric('snapshotShards', 'Count', snapshot.shards.total);
    return { ...state, lastStep: 'CheckIndexSnapshot', progress: 'DONE' };
  }
  const { shardsDone, shardsTotal } = progress ?? entry.value;
  await ledger.write(indexSnapshotPart, { ...entry.value, shardsDone, shardsTotal }, entry);
  step.info('snapshot is running', { shardsDone, shardsTotal });
  const left = shardsTotal - shardsDone;
  assertWithinDeadline(ports.clock.now(), state.deadlineAt, () => `${left} shards of snapshot ${name}`);
  const waitSeconds = nextWaitSeconds(state.waitSeconds ?? firstWaitSeconds);
  return { ...state, lastStep: 'CheckIndexSnapshot', progress: 'RUNNING', waitSeconds };
}

function nameOf(snapshot: IndexSnapshot, state: RunState): string {
  if (snapshot.name !== undefined && !snapshot.rejected.includes(snapshot.name)) return snapshot.name;
  const message = `Snapshot ${snapshot.name ?? 'of the run'} did not end well (run ${state.run}).`;
  throw new TandemError('SNAPSHOT_INCOMPLETE', message);
}

/** @throws TandemError SNAPSHOT_VANISHED where the snapshot is gone, or another one stands in its place */
async function present(
  { snapshots }: SearchDomain,
  search: SearchOfRun,
  name: string,
  uuid: string | undefined,
): Promise<Snapshot> {
  const snapshot = await snapshots.get(search.repository.name, name);
  if (snapshot === undefined)
    throw new TandemError('SNAPSHOT_VANISHED', `Snapshot ${name} was deleted during the run.`);
  if (uuid === undefined || snapshot.uuid === uuid) return snapshot;
  throw new TandemError('SNAPSHOT_VANISHED', `Snapshot ${name} was deleted and made again during the run.`);
}

/** Records a snapshot that is good; gives up the name of one that is not, so that the run can be carried on with another. */
async function conclude(
  snapshot: Snapshot,
  search: SearchOfRun,
  { indices }: SearchDomain,
  ledger: Ledger,
  entry: Entry<IndexSnapshot>,
): Promise<void> {
  const problems = snapshotProblems(snapshot, search.indices);
  if (problems.length > 0) {
    await ledger.write(
      indexSnapshotPart,
      { ...entry.value, rejected: [...entry.value.rejected, snapshot.name] },
      entry,
    );
    throw new TandemError('SNAPSHOT_INCOMPLETE', `Snapshot ${snapshot.name} is not complete: ${problems.join('; ')}.`);
  }
  const after = await indices.describe(search.indices);
  const definitions = await captureDefinitions(search.indices, indices);
  const completed = {
    startedAt: snapshot.startedAt.toISOString(),
    completedAt: (snapshot.completedAt ?? snapshot.startedAt).toISOString(),
    shards: snapshot.shards.total,
    documentsAfter: new Map(after.map((index) => [index.name, index.documents])),
  };
  const { total } = snapshot.shards;
  const known = entry.value.indices.map((index) => ({
    ...index,
    ...(index.definition && { definition: unlessChanged(index.definition, definitions.get(index.name)) }),
  }));
  const done = { ...entry.value, indices: known, completed, shardsDone: total, shardsTotal: total };
  await ledger.write(indexSnapshotPart, done, entry);
}
