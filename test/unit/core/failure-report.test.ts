import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { alertMessage, alertSubject, type FailedRun } from '../../../shared/core/failure-report.ts';
import type { DescribedFailure } from '../../../shared/errors/description.ts';

const failure: DescribedFailure = {
  name: 'ConflictError',
  step: 'RestoreTables',
  code: 'TABLE_FOREIGN',
  message: 'Table app-orders exists now.',
  remedy: 'Stop whatever makes the table.',
};

function failed(part: Partial<FailedRun> = {}): FailedRun {
  return {
    workflow: 'restore',
    plan: 'app',
    run: 'restore-app-20261122-140509-a1b2c3',
    lastStep: 'PlanRestore',
    failures: [failure],
    progress: {},
    planHash: 'abc123',
    input: undefined,
    place: {},
    begun: true,
    asked: {},
    otherPoint: undefined,
    safetyPoint: undefined,
    ...part,
  };
}

const backup = { workflow: 'backup', run: 'app-20261122-020000', planHash: undefined } as const;

/** The line that comes after the one that starts so, without its indent. */
function lineAfter(message: string, start: string): string {
  const lines = message.split('\n');
  return lines[lines.findIndex((line) => line.startsWith(start)) + 1]?.trim() ?? '';
}

const commandOf = (message: string) => lineAfter(message, 'To ');
const inputOf = (message: string): unknown => JSON.parse(lineAfter(message, 'or start'));

describe('the subject', () => {
  test('names the workflow, the plan and the error', () => {
    expect(alertSubject(failed())).toBe('Tandem: the restore of app failed (ConflictError)');
  });

  test('is what SNS takes, whatever the plan and the error are called', () => {
    const text = fc.string({ unit: 'binary', maxLength: 200, size: 'max' });
    fc.assert(
      fc.property(
        text,
        text,
        (plan, name) =>
          void expect(alertSubject(failed({ plan, failures: [{ ...failure, name }] }))).toMatch(/^[\x20-\x7e]{1,100}$/),
      ),
    );
  });
});

describe('the message', () => {
  test('names the run, the step, the reason and the remedy', () => {
    expect(alertMessage(failed()).split('\n').slice(0, 5)).toEqual([
      'The restore of plan app failed. Run: restore-app-20261122-140509-a1b2c3',
      '',
      'Step: RestoreTables',
      'Why: Table app-orders exists now. (ConflictError, TABLE_FOREIGN)',
      'What to do: Stop whatever makes the table.',
    ]);
  });

  test('names the step before where the failed one could not say its name', () => {
    const mute = { ...failure, step: undefined };
    expect(alertMessage(failed({ failures: [mute] }))).toContain('Step: the step after PlanRestore\n');
    expect(alertMessage(failed({ failures: [mute], lastStep: undefined }))).toContain('Step: the first step\n');
  });

  test('tells the failures of both sides', () => {
    const other = { ...failure, step: 'CheckIndexRecovery', message: 'A shard could not be restored.' };
    const message = alertMessage(failed({ failures: [failure, other] }));
    expect(message.indexOf('Step: RestoreTables')).toBeLessThan(message.indexOf('Step: CheckIndexRecovery'));
    expect(message).toContain('Why: A shard could not be restored.');
  });
});

describe('done and half-done', () => {
  test('is nothing where nothing was started', () => {
    expect(alertMessage(failed())).toContain('Done and half-done:\n- nothing was started\n\n');
  });

  test('of a backup counts the table backups by status, and tells how far the snapshot is', () => {
    const message = alertMessage(
      failed({
        ...backup,
        progress: {
          tableBackups: new Map([
            ['a', { status: 'AVAILABLE' }],
            ['b', { status: 'CREATING' }],
            ['c', { status: 'AVAILABLE' }],
          ]),
          indexSnapshot: { name: 'tandem-app', rejected: [], indices: [], shardsDone: 2, shardsTotal: 5 },
        },
      }),
    );
    expect(message).toContain(
      [
        'Done and half-done:',
        '- table backups AVAILABLE: 2 (a, c)',
        '- table backups CREATING: 1 (b)',
        '- snapshot tandem-app: started, 2 of 5 shards',
        '- no recovery point was recorded; what was made stays as litter until it is pruned',
        '',
      ].join('\n'),
    );
  });

  test('tells a snapshot that is complete, and one that ended badly', () => {
    const snapshot = { name: 'tandem-app', indices: [], shardsDone: 5, shardsTotal: 5 };
    const completed = { startedAt: '', completedAt: '', shards: 5, documentsAfter: new Map() };
    const say = (indexSnapshot: FailedRun['progress']['indexSnapshot']) =>
      alertMessage(failed({ ...backup, progress: { indexSnapshot } }));
    expect(say({ ...snapshot, rejected: [], completed })).toContain('- snapshot tandem-app: complete, 5 of 5');
    expect(say({ ...snapshot, rejected: ['tandem-app'] })).toContain('- snapshot tandem-app: ended, but is not good');
    expect(say({ rejected: [], indices: [], shardsDone: 0, shardsTotal: 0 })).toContain('- nothing was started');
  });

  test('of a restore tells the tables by status and which indices are back', () => {
    const indexRestore = {
      ...{ made: [], closed: [], failed: [], withoutReplicas: new Map(), remarks: [] },
      ...{ shardsDone: 1, shardsTotal: 3 },
    };
    const message = alertMessage(
      failed({
        progress: {
          tableRestores: new Map([
            ['a', { status: 'DONE' }],
            ['b', { status: 'RESTORING' }],
          ]),
          indexRestore: {
            ...indexRestore,
            requested: ['orders', 'users'],
            deleted: ['orders', 'away'],
            recovered: ['orders'],
          },
        },
      }),
    );
    expect(message).toContain(
      [
        '- tables DONE: 1 (a)',
        '- tables RESTORING: 1 (b)',
        '- indices restored: 1 (orders)',
        '- indices deleted, or just about to be, and not asked for yet: 1 (away)',
        '- indices asked for and not back yet: 1 (users)',
        '',
      ].join('\n'),
    );
    expect(message).not.toContain('recovery point');
  });

  test('does not grow without end with the number of tables', () => {
    const names = Array.from({ length: 1_000 }, (_, number) => `app-table-${number}`);
    const tableBackups = new Map(names.map((name) => [name, { status: 'AVAILABLE' as const }]));
    const message = alertMessage(failed({ ...backup, progress: { tableBackups } }));
    expect(message).toContain('- table backups AVAILABLE: 1000 (app-table-0,');
    expect(message.length).toBeLessThan(2_000);
  });
});

describe('to go on', () => {
  test('from a backup there is its run', () => {
    const message = alertMessage(failed(backup));
    expect(message).toContain('To go on from there, once the cause is gone:');
    expect(commandOf(message)).toBe('npx tandem backup app --run=app-20261122-020000');
    expect(message).toContain('or start the backup state machine from the console with this input:');
    expect(inputOf(message)).toEqual({ plan: 'app', run: 'app-20261122-020000' });
  });

  test('from a restore there is its run with the plan that was confirmed', () => {
    const message = alertMessage(failed());
    expect(commandOf(message)).toBe(
      'npx tandem restore app --run=restore-app-20261122-140509-a1b2c3 --plan-hash=abc123',
    );
    expect(inputOf(message)).toEqual({
      plan: 'app',
      run: 'restore-app-20261122-140509-a1b2c3',
      planHash: 'abc123',
    });
  });

  test('from a run that failed before it began there is its input', () => {
    const input = { plan: 'app', point: 'latest', tables: ['app-*', 'b'], dryRun: false, confirmed: true };
    const message = alertMessage(failed({ input, lastStep: undefined }));
    expect(message).toContain('To start again, once the cause is gone:');
    expect(commandOf(message)).toBe("npx tandem restore app --point=latest --tables='app-*' --tables=b --yes");
    expect(inputOf(message)).toEqual(input);
  });

  test('a dry run stays one', () => {
    const input = { plan: 'app', indices: ['orders'], dryRun: true };
    expect(commandOf(alertMessage(failed({ input })))).toBe('npx tandem restore app --indices=orders --dry-run');
  });

  test('a shell reads the odd names as they are', () => {
    const name = fc.string({ unit: fc.constantFrom(...'ab*?$`\'"\\ ;&|<>(){}[]#!~é\t'), minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(name, fc.array(name, { minLength: 1, maxLength: 4 }), (plan, tables) => {
        const command = commandOf(alertMessage(failed({ plan, input: { plan, tables } })));
        const words = execFileSync('sh', ['-c', command.replace('npx tandem restore', "printf '%s\\n'")]).toString();
        expect(words.split('\n')).toEqual([plan, ...tables.map((table) => `--tables=${table}`), '']);
      }),
      { numRuns: 30 },
    );
  });
});
