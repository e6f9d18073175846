import { describe, expect, it } from 'vitest';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import { expectSuccess } from '../support/round-trip.ts';
import { catalog, World } from '../support/world.ts';

const everything = {
  StartingPosition: 'LATEST',
  BatchSize: 25,
  MaximumBatchingWindowInSeconds: 3,
  ParallelizationFactor: 2,
  FilterCriteria: { Filters: [{ Pattern: '{"eventName":["INSERT"]}' }] },
  DestinationConfig: { OnFailure: { Destination: 'arn:of-a-queue' } },
  MaximumRecordAgeInSeconds: 3_600,
  BisectBatchOnFunctionError: true,
  MaximumRetryAttempts: 4,
  FunctionResponseTypes: ['ReportBatchItemFailures'],
};

/** A table with a stream and no trigger yet. */
function world(): World {
  const own = new World().plan({ search: null });
  own.dynamo.addTable({ name: 'app-orders', stream: 'NEW_IMAGE', deletionProtection: true }, { item: '1' });
  return own;
}

const triggersOf = ({ triggers }: World) => triggers.filter(({ state }) => state !== 'Deleting');

async function remarks(own: World, run: string): Promise<string[]> {
  const verification = await own.buckets.open(catalog).get(`ledgers/app/${run}/verification.json`);
  return JSON.parse(verification?.body ?? '{}').remarks;
}

describe('a restore of a table that triggers functions', () => {
  it('makes each trigger again on the new stream, as it was, and takes the old one away', async () => {
    const own = world();
    own.addTrigger('app-orders', { functionArn: 'arn:index:live', configuration: everything });
    own.addTrigger('app-orders', { functionArn: 'arn:mail', state: 'Disabled', tags: {} });
    const before = own.application();
    await own.backup();

    expectSuccess(await own.restore());

    expect(own.application()).toEqual(before);
    expect(triggersOf(own).map(({ streamArn }) => streamArn)).toEqual([1, 2].map(() => own.streamOf('app-orders')));
  });

  it('leaves one switched off, or on, that was so just before the restore', async () => {
    const own = world();
    own.addTrigger('app-orders', { functionArn: 'arn:a' });
    own.addTrigger('app-orders', { functionArn: 'arn:b', state: 'Disabled' });
    await own.backup();
    own.triggers.splice(
      0,
      2,
      ...own.triggers.map((one) => ({ ...one, state: one.state === 'Enabled' ? 'Disabled' : 'Enabled' })),
    );

    expectSuccess(await own.restore());

    expect(own.application().tables[0]?.triggers.map(({ functionArn, on }) => [functionArn, on])).toEqual([
      ['arn:a', false],
      ['arn:b', true],
    ]);
  });

  it('brings one back that was deleted with its table', async () => {
    const own = world();
    own.addTrigger('app-orders');
    const before = own.application();
    await own.backup();
    own.dynamo.removeTable('app-orders');
    own.triggers.length = 0;

    expectSuccess(await own.restore());

    expect(own.application()).toEqual(before);
  });

  it('takes one along that the recovery point does not know, and says so', async () => {
    const own = world();
    await own.backup();
    own.addTrigger('app-orders', { functionArn: 'arn:new' });
    const before = own.application();

    expectSuccess(await own.restore({ confirmed: true }, { name: 'undo' }));

    expect(own.application()).toEqual(before);
    expect(await remarks(own, 'undo')).toEqual([
      expect.stringContaining('arn:new on table app-orders is not in the recovery point'),
    ]);
  });

  it('does not make one whose filters are hidden, and leaves the old one', async () => {
    const own = world();
    own.addTrigger('app-orders', { functionArn: 'arn:a', configuration: { KMSKeyArn: 'arn:key' } });
    await own.backup();

    const { failure } = await own.restore();

    expect(failure?.Error).toBe('VerificationFailedError');
    expect(own.lastAlert().remedies[0]).toContain('encrypted filters');
    expect(triggersOf(own)).toMatchObject([{ functionArn: 'arn:a', uuid: 'of-app-orders-0' }]);
  });

  it.for(['before', 'after'] as const)('makes none twice where the answer is lost %s it was made', async (when) => {
    const own = world();
    own.addTrigger('app-orders');
    const before = own.application();
    await own.backup();
    own.changes.faults.fail('streamConsumers.create', new TandemError('OUTCOME_UNKNOWN', 'socket hang up'), { when });

    expectSuccess(await own.restore());

    expect(own.application()).toEqual(before);
    expect(own.changes.faults.count('streamConsumers.create')).toBe(when === 'before' ? 2 : 1);
  });
});

describe('what names the old stream and is not of Tandem', () => {
  it('is in the plan, and in the report with what to do', async () => {
    const own = world();
    await own.backup();
    const streamArn = own.streamOf('app-orders') ?? '';
    own.references.known.pipes.push({ name: 'to-bus', source: streamArn }, { name: 'other', source: 'arn:other' });
    own.references.known.exports.push({ name: 'Stream', value: streamArn, importedBy: ['reports'] });

    expectSuccess(await own.restore({ confirmed: true }, { name: 'undo' }));

    const run = await own.buckets.open(catalog).get('ledgers/app/undo/restore-run.json');
    expect(JSON.parse(run?.body ?? '{}').consumers.found).toEqual([
      { kind: 'export', name: 'Stream', table: 'app-orders', streamArn, usedBy: ['reports'] },
      { kind: 'pipe', name: 'to-bus', table: 'app-orders', streamArn, usedBy: [] },
    ]);
    expect(await remarks(own, 'undo')).toEqual([
      expect.stringMatching(/^Export Stream .*imported by reports/),
      expect.stringMatching(/^Pipe to-bus .*make it again on the new stream/),
    ]);
  });

  it.for(['SERVICE_NOT_OFFERED', 'ACCESS_DENIED'] as const)('may not be found, which is said: %s', async (code) => {
    const own = world();
    await own.backup();
    own.readings.faults.fail('streamReferences.pipes', new TandemError(code, 'ListPipes: no'), { times: 9 });

    expectSuccess(await own.restore({ confirmed: true }, { name: 'undo' }));

    expect(await remarks(own, 'undo')).toEqual(['Not looked for: ListPipes: no']);
  });
});

describe('scaling', () => {
  const target = {
    resourceId: 'table/app-orders',
    dimension: 'dynamodb:table:ReadCapacityUnits',
    minimum: 5,
    maximum: 50,
    policies: [{ name: 'track', type: 'TargetTrackingScaling', targetTracking: { TargetValue: 70 } }],
    scheduledActions: [{ name: 'morning', schedule: 'cron(0 6 * * ? *)', minimum: 20 }],
  };

  it('outlives its table, and is put back where it is not as it was', async () => {
    const own = world();
    own.scalingTargets.push(target);
    await own.backup();

    expectSuccess(await own.restore());
    expect(own.changes.faults.count('scaling.put')).toBe(0);

    own.scalingTargets.splice(0, 1, { ...target, maximum: 5, policies: [] });
    expectSuccess(await own.restore());
    expect(own.scalingTargets).toEqual([target]);
  });
});
