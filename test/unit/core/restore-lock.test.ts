import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { lockProblems, longestRestoreSeconds } from '../../../shared/core/restore-lock.ts';

const takenAt = '2026-11-22T02:00:00.000Z';
const lock = {
  schemaVersion: 1 as const,
  run: 'first',
  execution: 'first',
  takenAt,
  carryOn: 'npx tandem restore app --run=first',
};
const now = new Date('2026-11-22T03:00:00.000Z');
const nobody = { run: 'second', takeOver: undefined };

test('another run of the same plan is refused, with who is at work, and what goes on', () => {
  expect(lockProblems(lock, nobody, now)).toEqual([
    expect.objectContaining({
      code: 'RESTORE_IN_PROGRESS',
      name: 'GuardRefusedError',
      message: `Restore first of the same plan is at work since ${takenAt}.`,
      remedy: expect.stringMatching(/npx tandem restore app --run=first.*--take-over=first/),
    }),
  ]);
});

test.for<[what: string, found: typeof lock | undefined, claim: Parameters<typeof lockProblems>[1], at?: Date]>([
  ['nobody has taken', undefined, nobody],
  ['was given back', { ...lock, ...{ releasedAt: takenAt } }, nobody],
  ['is its own', lock, { run: 'first', takeOver: undefined }],
  ['is taken over', lock, { run: 'second', takeOver: 'first' }],
  ['no execution can hold any more', lock, nobody, new Date(Date.parse(takenAt) + longestRestoreSeconds * 1_000 + 1)],
])('a run takes the lock that %s', ([, found, claim, at = now]) => {
  expect(lockProblems(found, claim, at)).toEqual([]);
});

test.for<[what: string, claim: Parameters<typeof lockProblems>[1], at: Date]>([
  ['it takes over from a third one', { run: 'second', takeOver: 'third' }, now],
  ['an execution may still hold it', nobody, new Date(Date.parse(takenAt) + longestRestoreSeconds * 1_000)],
])('a run does not take the lock where %s', ([, claim, at]) => {
  expect(lockProblems(lock, claim, at)).toHaveLength(1);
});

test('no execution lives longer than its state machine lets it', async () => {
  const machine: unknown = parse(await readFile('statemachines/restore.asl.yml', 'utf8'), { merge: true });
  expect(machine).toMatchObject({ TimeoutSeconds: longestRestoreSeconds });
});
