import { describe, expect, it } from 'vitest';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import { expectRestored, expectSuccess } from '../support/round-trip.ts';
import { World } from '../support/world.ts';

const denied = new TandemError('ACCESS_DENIED', 'CreateBackup of table app-0000: not authorized');
const broken = 'app-orders[1]: no space left';

describe('a side that fails', () => {
  it('lets the search side finish, and the alert accounts for it', async () => {
    const world = new World({ search: { snapshot: 600 } }).addTables(2).addIndices();
    world.dynamo.faults.fail('backups.create', denied, { target: 'app-0000' });

    const run = await world.backup();

    expect(run.failure?.Error).toBe('ProviderFailureError');
    expect(await world.recoveryPoints()).toEqual([]);
    expect(world.alerts.published).toHaveLength(1);
    expect(world.lastAlert()).toMatchObject({ steps: ['StartTableBackups'] });
    expect(world.lastAlert().done).toEqual([
      'table backups CREATING: 1 (app-0001)',
      'table backups TO_START: 1 (app-0000)',
      'snapshot tandem-backup-1: complete, 6 of 6 shards',
      'no recovery point was recorded; what was made stays as litter until it is pruned',
    ]);
  });

  it('lets the table side finish, and the alert accounts for it', async () => {
    const world = new World({ dynamo: { creatingBackup: 600 } }).addTables(2).addIndices();
    world.search.spoilNextSnapshot('FAILED', [broken]);

    const run = await world.backup();

    expect(run.failure?.Error).toBe('IncompleteBackupError');
    expect(world.alerts.published).toHaveLength(1);
    expect(world.lastAlert()).toMatchObject({ steps: ['CheckIndexSnapshot'] });
    expect(world.lastAlert().done).toContain('table backups AVAILABLE: 2 (app-0000, app-0001)');
  });

  it('of a restore lets the tables come back, and says which indices have not', async () => {
    const world = await new World().damaged();
    world.search.spoilNextRestore('app-orders', broken);

    const run = await world.restore();

    expect(run.failure?.Error).toBe('ProviderFailureError');
    expect(world.lastAlert()).toMatchObject({
      steps: ['CheckIndexRecovery'],
      reasons: [expect.stringContaining(broken)],
      done: [
        'the safety point restore-2-safety is complete',
        'tables DONE: 3 (app-0000, app-0001, app-0002)',
        'indices asked for and not back yet: 3 (app-empty, app-orders, app-products)',
        'the writers that were paused are as they were before',
      ],
    });
    expectSuccess(await world.carryOn());
    expectRestored(world);
  });
});

describe.for([{ failuresAsJson: false }, { failuresAsJson: true }])('told as Lambda does: %o', (delivery) => {
  it('two sides that both fail are told in one alert, under the name of the first', async () => {
    const world = new World().addTables(1).addIndices();
    world.dynamo.faults.fail('backups.create', denied);
    world.search.spoilNextSnapshot('FAILED', [broken]);

    const run = await world.backup({}, delivery);

    expect(run.failure).toMatchObject({
      Error: 'ProviderFailureError',
      Cause: expect.stringContaining(denied.message),
    });
    expect(run.failure?.Cause).not.toContain('UNEXPECTED');
    expect(world.alerts.published).toHaveLength(1);
    expect(world.lastAlert()).toMatchObject({
      steps: ['StartTableBackups', 'CheckIndexSnapshot'],
      reasons: [
        `${denied.message} (ProviderFailureError, ACCESS_DENIED)`,
        expect.stringMatching(/state is FAILED.*no space left.*\(IncompleteBackupError, SNAPSHOT_INCOMPLETE\)/),
      ],
      remedies: [denied.remedy, expect.stringContaining('health of the domain')],
    });
  });

  it('a step that ends without a word is told by the one before it', async () => {
    const world = new World().addTables(1).addIndices();

    const breakDown = { task: 'StartIndexSnapshot', error: 'Sandbox.Timedout', times: Number.POSITIVE_INFINITY };
    const run = await world.backup({}, { ...delivery, breakDown });

    expect(run.failure).toMatchObject({ Error: 'Sandbox.Timedout', Cause: expect.stringContaining('timed out') });
    expect(world.lastAlert()).toMatchObject({
      steps: ['the step after EnsureRepository'],
      reasons: [expect.stringContaining('timed out')],
    });
  });
});

describe('a domain that answers 503', () => {
  const unavailable = new TandemError('SERVICE_UNAVAILABLE', 'the domain answered 503');

  it('for some minutes does not end a run', async () => {
    const world = new World().addTables(1).addIndices();
    world.search.faults.fail('snapshots.start', unavailable, { times: 8 });

    expectSuccess(await world.backup());
    expect(world.alerts.published).toEqual([]);
  });

  it('for longer ends a backup without a try of the step that records it', async () => {
    const world = new World().addTables(1).addIndices();
    world.search.faults.fail('snapshots.start', unavailable, { times: 9 });

    const run = await world.backup();

    expect(run.failure).toMatchObject({ Error: 'TransientError', Cause: expect.stringContaining('answered 503') });
    expect(run.states).not.toContain('RecordRecoveryPoint');
    expect(world.alerts.published).toHaveLength(1);
    expect(world.lastAlert()).toMatchObject({ steps: ['StartIndexSnapshot'] });
  });

  it('for longer ends a restore without a try of the step that verifies it', async () => {
    const world = await new World().damaged();
    world.search.faults.fail('snapshots.restore', unavailable, { times: 9 });

    const run = await world.restore();

    expect(run.failure?.Error).toBe('TransientError');
    expect(run.states).not.toContain('VerifyRestore');
    expect(world.lastAlert()).toMatchObject({ steps: ['RestoreIndices'] });
  });
});

it.for([
  'TimeoutError',
  'Sandbox.Timedout',
  'Lambda.AWSLambdaException',
  'Lambda.ClientExecutionTimeoutException',
  'Lambda.SdkClientException',
  'Lambda.ServiceException',
  'Lambda.TooManyRequestsException',
  'Lambda.Unknown',
])('a step that ends with %s once is tried again', async (error) => {
  const world = new World().addTables(1).addIndices();

  expectSuccess(await world.backup({}, { breakDown: { task: 'RecordRecoveryPoint', error, times: 1 } }));
  expectSuccess(await world.restore({ confirmed: true }, { breakDown: { task: 'VerifyRestore', error, times: 1 } }));
});
