import {
  CreateScheduleCommand,
  GetScheduleCommand,
  type GetScheduleCommandOutput,
  ListSchedulesCommand,
  SchedulerClient,
} from '@aws-sdk/client-scheduler';
import { expect, inject, it } from 'vitest';
import { systemClock } from '../../shared/adapters/system-clock.ts';
import { clientOf } from '../support/emulators.ts';
import { eventually } from '../support/eventually.ts';
import { executionsOf } from '../support/executions.ts';
import { makeApplication } from '../support/shop.ts';

const aws = inject('deployed').environment.AWS_ENDPOINT_URL ?? '';
const scheduler = new SchedulerClient(clientOf(aws));

/** Makes a schedule like the nightly one, its target and role included, that comes due in a second. */
async function makeDue({ Name, Target, FlexibleTimeWindow }: GetScheduleCommandOutput): Promise<void> {
  const soon = new Date(systemClock.now().getTime() + 1_000).toISOString().slice(0, 19);
  const due = { Name: `${Name}-now`, ScheduleExpression: `at(${soon})` };
  await scheduler.send(new CreateScheduleCommand({ ...due, Target, FlexibleTimeWindow }));
}

it('starts a backup by the schedule', async () => {
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

  await makeDue(nightly);

  const waiting = { clock: systemClock, pollMilliseconds: 250 };
  const ended = await eventually(waiting, async () =>
    (await executionsOf(aws, 'backup')).find(
      ({ executionArn, status }) => !known.has(executionArn) && status !== 'RUNNING',
    ),
  );
  expect(ended).toMatchObject({ status: 'SUCCEEDED' });
});
