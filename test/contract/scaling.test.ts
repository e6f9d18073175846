import { randomUUID } from 'node:crypto';
import {
  ApplicationAutoScalingClient,
  PutScalingPolicyCommand,
  RegisterScalableTargetCommand,
} from '@aws-sdk/client-application-auto-scaling';
import { describe, expect, inject, it } from 'vitest';
import { applicationAutoScaling } from '../../shared/adapters/application-auto-scaling.ts';
import type { Scaling } from '../../shared/ports/scaling.ts';
import { clientOf } from '../support/emulators.ts';
import { fakeScaling } from '../support/fakes/scaling.ts';

interface Subject {
  name: string;
  /** A table whose read capacity is scaled, as is the write capacity of its index. */
  open(): Promise<{ scaling: Scaling; table: string; index: string }>;
}

const tracking = {
  TargetValue: 70,
  PredefinedMetricSpecification: { PredefinedMetricType: 'DynamoDBReadCapacityUtilization' as const },
  ScaleInCooldown: 60,
};
const dimensionOfTable = 'dynamodb:table:ReadCapacityUnits';
const dimensionOfIndex = 'dynamodb:index:WriteCapacityUnits';

async function moto() {
  const client = new ApplicationAutoScalingClient(clientOf(inject('moto')));
  const table = `scaled-${randomUUID()}`;
  const onTable = { ServiceNamespace: 'dynamodb', ResourceId: `table/${table}` } as const;
  const onIndex = { ServiceNamespace: 'dynamodb', ResourceId: `table/${table}/index/by-date` } as const;
  const capacity = { MinCapacity: 5, MaxCapacity: 50 };
  for (const own of [
    { ...onTable, ScalableDimension: dimensionOfTable } as const,
    { ...onIndex, ScalableDimension: dimensionOfIndex } as const,
  ]) {
    await client.send(new RegisterScalableTargetCommand({ ...own, ...capacity }));
  }
  await client.send(
    new PutScalingPolicyCommand({
      ...onTable,
      ScalableDimension: dimensionOfTable,
      PolicyName: 'track',
      PolicyType: 'TargetTrackingScaling',
      TargetTrackingScalingPolicyConfiguration: tracking,
    }),
  );
  return { scaling: applicationAutoScaling(client), table, index: 'by-date' };
}

async function fake() {
  const common = { minimum: 5, maximum: 50 };
  const policies = [{ name: 'track', type: 'TargetTrackingScaling', targetTracking: tracking }];
  const scaling = fakeScaling([
    { resourceId: 'table/scaled', dimension: dimensionOfTable, ...common, policies },
    { resourceId: 'table/scaled/index/by-date', dimension: dimensionOfIndex, ...common, policies: [] },
  ]);
  return { scaling, table: 'scaled', index: 'by-date' };
}

const subjects: Subject[] = [
  { name: 'the fake', open: fake },
  { name: 'moto', open: moto },
];

describe.each(subjects)('scaling: $name', ({ open }) => {
  it('tells the targets and policies of a table and its indexes', async () => {
    const { scaling, table, index } = await open();

    const targets = await scaling.describe(table, [index, 'unscaled']);

    expect(targets).toHaveLength(2);
    expect(targets.find((target) => target.resourceId === `table/${table}`)).toMatchObject({
      dimension: dimensionOfTable,
      minimum: 5,
      maximum: 50,
      policies: [{ name: 'track', type: 'TargetTrackingScaling', targetTracking: tracking }],
    });
    expect(targets.find((target) => target.resourceId === `table/${table}/index/${index}`)).toMatchObject({
      dimension: dimensionOfIndex,
      policies: [],
    });
  });

  it('tells nothing of a table that is not scaled', async () => {
    const { scaling } = await open();

    expect(await scaling.describe('unscaled', [])).toEqual([]);
  });

  it('puts a target back with its policies and scheduled actions, once or again, and leaves others', async () => {
    const { scaling, table, index } = await open();
    const [target] = await scaling.describe(table, []);
    const action = {
      name: 'morning',
      schedule: 'cron(0 6 * * ? *)',
      timezone: 'Europe/Amsterdam',
      startsAt: '2030-01-01T00:00:00.000Z',
      minimum: 20,
      maximum: 60,
    };
    const policy = { name: 'other', type: 'TargetTrackingScaling', targetTracking: { ...tracking, TargetValue: 50 } };
    const suspended = { dynamicScalingIn: true, dynamicScalingOut: false, scheduledScaling: true };
    const changed = { resourceId: `table/${table}`, dimension: dimensionOfTable, minimum: 7, maximum: 70, suspended };
    for (const _ of [1, 2]) await scaling.put({ ...changed, policies: [policy], scheduledActions: [action] });

    const [after] = await scaling.describe(table, []);
    expect(after).toMatchObject({ ...changed, scheduledActions: [action] });
    expect(after?.policies).toEqual([...(target?.policies ?? []), policy]);
    expect((await scaling.describe(table, [index])).map(({ dimension }) => dimension).sort()).toEqual([
      dimensionOfIndex,
      dimensionOfTable,
    ]);
  });
});

describe('scaling: an endpoint without it', () => {
  it('says that the service is not offered', async () => {
    const scaling = applicationAutoScaling(
      new ApplicationAutoScalingClient({ ...clientOf(inject('miniStack')), maxAttempts: 1 }),
    );

    await expect(scaling.describe('any', [])).rejects.toMatchObject({ code: 'SERVICE_NOT_OFFERED' });
  });
});
