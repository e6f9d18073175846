import type { IndexSnapshot } from '../../contracts/ledger/backup-run.ts';
import type { RunState } from '../../contracts/steps.ts';
import { assertWithinDeadline } from '../../core/deadline.ts';
import { snapshotName } from '../../core/names.ts';
import { firstWaitSeconds, nextWaitSeconds } from '../../core/waits.ts';
import { hasCode, TandemError } from '../../errors/tandem-error.ts';
import type { Clock } from '../../ports/clock.ts';
import type { OpenCatalog } from '../../ports/object-store.ts';
import type { ConnectSearch, SearchDomain } from '../../ports/search-domain.ts';
import type { Snapshot } from '../../ports/snapshots.ts';
import type { StepRun } from '../../ports/step-run.ts';
import { captureDefinitions, withDefinitions } from '../capture-indices.ts';
import { type Entry, indexSnapshotPart, type Ledger, openLedger } from '../ledger.ts';
import { type SearchOfRun, searchOfRun } from '../search-of-run.ts';

export interface StartIndexSnapshotPorts {
  openCatalog: OpenCatalog;
  connectSearch: ConnectSearch;
  clock: Clock;
}

const nothingYet: IndexSnapshot = { rejected: [], indices: [], shardsDone: 0, shardsTotal: 0 };

/**
 * Starts the snapshot of the run without waiting for it. A snapshot that is there under the run's name is adopted if its
 * metadata is ours; a start whose outcome is unknown is looked up by the next delivery, under the same name.
 *
 * @throws TandemError SNAPSHOT_FOREIGN, INDEX_VANISHED, DEADLINE_EXCEEDED
 */
export async function startIndexSnapshot(
  state: RunState,
  ports: StartIndexSnapshotPorts,
  step: StepRun,
): Promise<RunState> {
  const ledger = openLedger(ports.openCatalog(state.catalog), state.plan, state.run);
  const search = await searchOfRun(ledger);
  const domain = ports.connectSearch(search);
  const entry = await ledger.read(indexSnapshotPart);
  const name = snapshotName(state.run, entry?.value.rejected.length ?? 0);

  const snapshot =
    (await domain.snapshots.get(search.repository.name, name)) ??
    (await start(state, search, domain, ledger, entry, name));
  if (snapshot === undefined) {
    assertWithinDeadline(ports.clock.now(), state.deadlineAt, () => `the start of snapshot ${name}`);
    const waitSeconds = nextWaitSeconds(state.waitSeconds ?? firstWaitSeconds);
    return { ...state, lastStep: 'StartIndexSnapshot', progress: 'TO_START', waitSeconds };
  }
  await adopt(snapshot, state, ledger);
  step.info('snapshot is under way', { snapshot: name, uuid: snapshot.uuid });
  return { ...state, lastStep: 'StartIndexSnapshot', progress: 'RUNNING', waitSeconds: firstWaitSeconds };
}

/** @returns the snapshot, or undefined where another one runs first or the answer was lost */
async function start(
  state: RunState,
  search: SearchOfRun,
  { snapshots, indices }: SearchDomain,
  ledger: Ledger,
  entry: Entry<IndexSnapshot> | undefined,
  name: string,
): Promise<Snapshot | undefined> {
  if ((await snapshots.running()).length > 0) return undefined;
  const records = await indices.describe(search.indices);
  const found = new Set(records.map((record) => record.name));
  const vanished = search.indices.filter((index) => !found.has(index));
  if (vanished.length > 0) {
    throw new TandemError('INDEX_VANISHED', `Deleted since the run began: ${vanished.join(', ')}.`);
  }
  const rejected = entry?.value.rejected ?? [];
  const described = withDefinitions(records, await captureDefinitions(search.indices, indices));
  await ledger.write(indexSnapshotPart, { ...nothingYet, rejected, name, indices: described }, entry);
  try {
    const metadata = { tandem_run: state.run, tandem_plan: state.plan };
    await snapshots.start(search.repository.name, name, search.indices, metadata);
  } catch (error) {
    if (hasCode(error, 'NOT_READY', 'OUTCOME_UNKNOWN', 'THROTTLED')) return undefined;
    if (!hasCode(error, 'SNAPSHOT_EXISTS')) throw error;
  }
  return snapshots.get(search.repository.name, name);
}

/** A name that something else has taken is given up, so that the run can be carried on with another. */
async function adopt(snapshot: Snapshot, state: RunState, ledger: Ledger): Promise<void> {
  const entry = await ledger.read(indexSnapshotPart);
  const known = entry?.value ?? nothingYet;
  if (snapshot.metadata.tandem_run !== state.run || known.name !== snapshot.name) {
    await ledger.write(indexSnapshotPart, { ...known, rejected: [...known.rejected, snapshot.name] }, entry);
    const message = `Snapshot ${snapshot.name} exists and was not made by run ${state.run}.`;
    throw new TandemError('SNAPSHOT_FOREIGN', message);
  }
  if (known.uuid === snapshot.uuid) return;
  await ledger.write(indexSnapshotPart, { ...known, uuid: snapshot.uuid }, entry);
}
