import { expect } from 'vitest';
import type { Verification } from '../../shared/contracts/ledger/verification.ts';
import { openLedger, verificationPart } from '../../shared/steps/ledger.ts';
import type { WorkflowRun } from './workflow.ts';
import { catalog, World } from './world.ts';

/** What the application of `World.damaged`, or of `World.damagedTables`, has when nothing is damaged. */
const undamaged = new World().addTables(3).addIndices().application();
const undamagedTables = new World().addTables(3).addItems().application();

export function expectSuccess(run: WorkflowRun): void {
  expect(run.failure).toBeUndefined();
  expect(run.status).toBe('SUCCEEDED');
}

/** The run did well and told nobody, or there was one alert, and going on as it says does well. */
export async function expectSuccessOrOneAlert(world: World, run: WorkflowRun): Promise<void> {
  if (run.status === 'SUCCEEDED') return expect(world.alerts.published).toEqual([]);
  expect(run.status).toBe('FAILED');
  expect(world.alerts.published).toHaveLength(1);
  expectSuccess(await world.carryOn());
  expect(world.alerts.published).toHaveLength(1);
}

/** What verification found of the restore `undo`. */
export async function verificationOf(world: World): Promise<Verification> {
  return (await openLedger(world.buckets.open(catalog), 'app', 'undo').get(verificationPart)).value;
}

/** One recovery point, of a backup of each table and one good snapshot, and nothing made beside. */
export async function expectOneRecoveryPoint(world: World): Promise<void> {
  const [manifest, ...others] = await world.recoveryPoints();
  expect(others).toEqual([]);
  const { backups } = world.dynamo.everything();
  expect(manifest?.tables.map((table) => table.backupArn).sort()).toEqual(backups.map((backup) => backup.arn).sort());
  expect(new Set(backups.map((backup) => backup.table)).size).toBe(backups.length);
  const snapshots = [...(world.search.everything().repositories.get('tandem')?.snapshots.values() ?? [])];
  expect(snapshots.map(({ name, uuid, end }) => ({ name, uuid, end }))).toEqual([
    { name: manifest?.search?.snapshot.name, uuid: manifest?.search?.snapshot.uuid, end: 'SUCCESS' },
  ]);
  expect(manifest?.search?.indices.map((index) => index.name)).toEqual(['app-empty', 'app-orders', 'app-products']);
}

/** Everything is as it was when it was backed up. */
export function expectRestored(world: World): void {
  const application = world.application();
  expect(application).toEqual(application.indices.length > 0 ? undamaged : undamagedTables);
  const streams = world.dynamo.everything().tables.map(({ stream }) => stream?.arn);
  expect(world.triggers.filter(({ state, streamArn }) => state !== 'Deleting' && !streams.includes(streamArn))).toEqual(
    [],
  );
}
