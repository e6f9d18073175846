import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';
import type { Ending } from '../../../docs/faults/words.ts';
import { isEnabled } from '../../../shared/core/triggers.ts';
import { CommandLine } from '../command-line.ts';
import type { RestoreOfTest } from '../restores.ts';
import { expectSuccess } from '../round-trip.ts';
import type { WorkflowRun } from '../workflow.ts';
import { type SavedWorld, World } from '../world.ts';

/** What has to be there again after an undo. */
interface Before {
  application: unknown;
  writers: Writers;
  /** Failed restores, as the world was and with what their alerts told, that were found to go on well. */
  goneOn: Set<string>;
}

interface Writers {
  reserved: ReadonlyMap<string, number | undefined>;
  /** Whether each trigger is on that there is. */
  triggers: ReadonlyMap<string, boolean>;
}

function writersOf({ functions, triggers }: World): Writers {
  return { reserved: functions, triggers: new Map(triggers.map((one) => [one.uuid, isEnabled(one)])) };
}

/**
 * Those that there were, as they are and as they were. The stream of a table that is gone tells nothing, whatever is on it;
 * what a restore makes in its place is compared with the application.
 */
function writersKept(world: World, { writers }: Before): [Writers, Writers] {
  const streams = world.dynamo.everything().tables.map(({ stream }) => stream?.arn);
  const kept = world.triggers.filter((one) => streams.includes(one.streamArn) && writers.triggers.has(one.uuid));
  const uuids = new Set(kept.map(({ uuid }) => uuid));
  const ofKept = ({ reserved, triggers }: Writers) => {
    return { reserved, triggers: new Map([...triggers].filter(([uuid]) => uuids.has(uuid))) };
  };
  return [ofKept(writersOf(world)), ofKept(writers)];
}

function expectWritersAsBefore(world: World, earlier: Before): void {
  const [now, then] = writersKept(world, earlier);
  expect(now).toEqual(then);
}

export function before({ leaves }: RestoreOfTest, begin: SavedWorld): Before {
  const world = World.from(begin);
  return { application: leaves(world), writers: writersOf(world), goneOn: new Set() };
}

/**
 * Asserts that a restore ended identical; or with one alert, with the writers as before or told of and put back by the
 * command, so that it ends identical when it is carried on, and that its undo, if it has begun, brings back what was before.
 */
export async function endingOf(
  restore: RestoreOfTest,
  world: World,
  run: WorkflowRun,
  earlier: Before,
): Promise<Ending> {
  if (run.status === 'SUCCEEDED') {
    expect(world.alerts.published).toEqual([]);
    await expectIdentical(restore, world, earlier);
    return 'identical';
  }
  expect(run.status).toBe('FAILED');
  const saved = world.save();
  const paused = await expectAlerts(saved, run, earlier);

  const { input, undo } = world.lastAlert();
  world.alerts.published.length = 0;
  const failed = `${world.save().toString('base64')} ${JSON.stringify([input, undo])}`;
  if (!earlier.goneOn.has(failed)) await expectToGoOnWell(restore, saved, earlier);
  earlier.goneOn.add(failed);
  if (paused) return 'fails paused';
  return undo === undefined ? 'fails untouched' : 'fails half-way';
}

/** Carried on, it ends identical; undone, it is as before. */
async function expectToGoOnWell(restore: RestoreOfTest, saved: SavedWorld, earlier: Before): Promise<void> {
  const onwards = World.from(saved);
  const told = onwards.alerts.published.length;
  expectSuccess(await onwards.carryOn());
  await expectIdentical(restore, onwards, earlier);
  expect(onwards.alerts.published).toHaveLength(told);

  const world = World.from(saved);
  const { undo } = world.lastAlert();
  if (undo !== undefined) await expectUndone(restore, saved, undo.command, earlier);
  else expect(restore.leaves(world)).toEqual(earlier.application);
}

/** One alert, and one of the writers where they are paused still. @returns whether they are */
async function expectAlerts(saved: SavedWorld, { failure }: WorkflowRun, earlier: Before): Promise<boolean> {
  const world = World.from(saved);
  const paused = world.alerts.published.filter(({ message }) => message.includes('--resume-writers=forth'));
  const own = paused.filter(({ subject }) => subject.includes('paused still'));
  expect(world.alerts.published).toHaveLength(1 + own.length);
  expect(paused.length > 0).toBe(own.length > 0 || failure?.Cause.includes('[WRITERS_NOT_RESUMED]') === true);
  if (paused.length > 0) await resumeWriters(world);
  expectWritersAsBefore(world, earlier);
  return paused.length > 0;
}

async function expectIdentical(restore: RestoreOfTest, world: World, earlier: Before): Promise<void> {
  await restore.expectRestored(world);
  expectWritersAsBefore(world, earlier);
}

/** @param command the words of the alert's command, after `npx` */
async function expectUndone(
  restore: RestoreOfTest,
  saved: SavedWorld,
  command: string[],
  earlier: Before,
): Promise<void> {
  const world = World.from(saved);
  const { code, stderr } = await new CommandLine(world).run(...command.slice(1));
  expect({ code, stderr }).toMatchObject({ code: 0 });
  expect(restore.leaves(world)).toEqual(earlier.application);
  expectWritersAsBefore(world, earlier);
}

async function resumeWriters(world: World): Promise<void> {
  const { code, stderr } = await new CommandLine(world).run('restore', 'app', '--resume-writers', 'forth', '--local');
  expect({ code, stderr }).toMatchObject({ code: 0 });
}

/**
 * Asserts that a restore that was killed ends identical when it is run again with its name, without an alert; that the
 * writers are as before after --resume-writers; and that what it has changed is undone by a restore that takes over.
 */
export async function endingOfKilled(restore: RestoreOfTest, killed: SavedWorld, earlier: Before): Promise<Ending> {
  const again = World.from(killed);
  expectSuccess(await again.restore(restore.input, { name: 'forth' }));
  await expectIdentical(restore, again, earlier);
  expect(again.alerts.published).toEqual([]);

  const left = World.from(killed);
  if (!isDeepStrictEqual(...writersKept(left, earlier))) await resumeWriters(left);
  expectWritersAsBefore(left, earlier);

  const back = World.from(killed);
  if ((await back.safetyPoints()).length > 0) {
    // So long a step that was at work may go on, whatever becomes of its execution.
    await back.clock.sleep(900_000);
    expectSuccess(await back.restore({ point: 'forth-safety', takeOver: 'forth', confirmed: true }));
  }
  expect(restore.leaves(back)).toEqual(earlier.application);
  expectWritersAsBefore(back, earlier);
  return 'identical';
}
