import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planFileSchema } from '../../../shared/contracts/plan-file.ts';
import { isSnapshotOf, newRunId, scheduledRunId, snapshotName, tableBackupName } from '../../../shared/core/names.ts';

/** Every name that a plan file lets through. */
const planName = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/);
const moment = fc.date({ min: new Date('2020-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
const suffix = fc.stringMatching(/^[0-9a-f]{6}$/);
const workflow = fc.constantFrom('backup' as const, 'restore' as const);

const runId = fc.oneof(
  fc.tuple(planName, moment, suffix, workflow).map((parts) => newRunId(...parts)),
  fc.tuple(planName, moment).map((parts) => scheduledRunId(...parts)),
);

test('the plan names tried here are those that a plan file may hold', () => {
  fc.assert(
    fc.property(planName, (name) => {
      const file = { version: 1, catalog: { bucket: 'tandem' }, plans: { [name]: { tables: { include: ['a'] } } } };
      expect(planFileSchema.safeParse(file).success).toBe(true);
    }),
  );
});

describe('the name of', () => {
  test('a run is legal for an execution, whatever the plan is called', () => {
    fc.assert(fc.property(runId, (run) => void expect(run).toMatch(/^[0-9A-Za-z_-]{1,80}$/)));
  });

  test('a table backup is legal for DynamoDB', () => {
    fc.assert(fc.property(runId, (run) => void expect(tableBackupName(run)).toMatch(/^[a-zA-Z0-9_.-]{3,255}$/)));
  });

  test('a snapshot is legal for the server: lower case, no blank, comma or #, no _ in front', () => {
    const legal = /^(?!_)[^\sA-Z,#"*\\<>|?/]{1,255}$/;
    fc.assert(
      fc.property(runId, fc.nat(20), (run, rejected) => void expect(snapshotName(run, rejected)).toMatch(legal)),
    );
  });
});

test('a scheduled run has the same id for every delivery of its event, whatever the milliseconds', () => {
  expect(scheduledRunId('app', new Date('2026-11-22T02:00:00Z'))).toBe('app-20261122-020000');
  expect(scheduledRunId('app', new Date('2026-11-22T03:00:00.900+01:00'))).toBe('app-20261122-020000');
});

test('a run that somebody starts names what it does', () => {
  const now = new Date('2026-11-22T14:05:09Z');
  expect(newRunId('app', now, 'a1b2c3', 'backup')).toBe('app-20261122-140509-a1b2c3');
  expect(newRunId('app', now, 'a1b2c3', 'restore')).toBe('restore-app-20261122-140509-a1b2c3');
});

test('each attempt at the snapshot of a run has a name of its own, the same whenever it is asked for', () => {
  const names = [0, 1, 2].map((rejected) => snapshotName('App-20261122-020000', rejected));
  expect(names).toEqual(['tandem-app-20261122-020000', 'tandem-app-20261122-020000-2', 'tandem-app-20261122-020000-3']);
});

test('the snapshots of a run are told from those of others', () => {
  expect(isSnapshotOf('restore-A-safety', snapshotName('restore-A-safety', 0))).toBe(true);
  expect(isSnapshotOf('restore-A-safety', snapshotName('restore-A-safety', 2))).toBe(true);
  expect(isSnapshotOf('restore-A', snapshotName('restore-A-safety', 0))).toBe(false);
  expect(isSnapshotOf('restore-A-safety', snapshotName('restore-B-safety', 0))).toBe(false);
});
