import { ListBackupsCommand, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import {
  CreateScheduleCommand,
  GetScheduleCommand,
  type GetScheduleCommandOutput,
  ListSchedulesCommand,
  SchedulerClient,
} from '@aws-sdk/client-scheduler';
import { expect, inject, it } from 'vitest';
import { systemClock } from '../../shared/adapters/system-clock.ts';
import { scheduledRunId, tableBackupName } from '../../shared/core/names.ts';
import { clientOf } from '../support/emulators.ts';
import { eventually } from '../support/eventually.ts';
import { executionsOf } from '../support/executions.ts';
import { dynamodb, makeApplication } from '../support/shop.ts';

const aws = inject('deployed').environment.AWS_ENDPOINT_URL ?? '';
const scheduler = new SchedulerClient(clientOf(aws));

/** Makes schedules like the nightly one, its target and role included, that come due at the same time, in a second. */
async function makeDue({ Name, Target, FlexibleTimeWindow }: GetScheduleCommandOutput, times: number): Promise<Date> {
  const soon = new Date(systemClock.now().getTime() + 1_000);
  soon.setUTCMilliseconds(0);
  const due = { ScheduleExpression: `at(${soon.toISOString().slice(0, 19)})`, Target, FlexibleTimeWindow };
  for (let time = 1; time <= times; time += 1) {
    await scheduler.send(new CreateScheduleCommand({ ...due, Name: `${Name}-${time}` }));
  }
  return soon;
}

async function tableBackups() {
  return (await dynamodb.send(new ListBackupsCommand())).BackupSummaries ?? [];
}

it('starts a backup by the schedule, and one alone where a start is delivered twice', async () => {
  await makeApplication();
  const { Schedules = [] } = await scheduler.send(new ListSchedulesCommand());
  const nightly = await scheduler.send(new GetScheduleCommand({ Name: Schedules[0]?.Name }));
  expect(nightly).toMatchObject({
    ScheduleExpression: 'cron(0 2 * * ? *)',
    Target: {
      RetryPolicy: { MaximumRetryAttempts: 60 },
      DeadLetterConfig: { Arn: expect.stringContaining('dead-letters') },
    },
  });
  const known = new Set((await executionsOf(aws, 'backup')).map(({ executionArn }) => executionArn));
  const before = new Set((await tableBackups()).map(({ BackupArn }) => BackupArn));

  const scheduled = await makeDue(nightly, 2);

  const waiting = { clock: systemClock, pollMilliseconds: 250 };
  const ended = await eventually(waiting, async () => {
    const started = (await executionsOf(aws, 'backup')).filter(({ executionArn }) => !known.has(executionArn));
    return started.length === 2 && started.every(({ status }) => status !== 'RUNNING') ? started : undefined;
  });
  expect(ended.map(({ status }) => status)).toEqual(['SUCCEEDED', 'SUCCEEDED']);
  const run = scheduledRunId('app', scheduled);
  const ofThisRun = expect.objectContaining({ run });
  expect(ended.map(({ output = '' }) => JSON.parse(output))).toEqual([ofThisRun, ofThisRun]);
  const taken = (await tableBackups()).filter(({ BackupArn }) => !before.has(BackupArn));
  const { TableNames = [] } = await dynamodb.send(new ListTablesCommand());
  const ofPlan = TableNames.filter((name) => name.startsWith('shop-'));
  expect(taken.map(({ TableName }) => TableName).sort()).toEqual(ofPlan.sort());
  expect(new Set(taken.map(({ BackupName }) => BackupName))).toEqual(new Set([tableBackupName(run)]));
});
