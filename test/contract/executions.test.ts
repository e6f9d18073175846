import { randomUUID } from 'node:crypto';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { CreateStateMachineCommand, SFNClient, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { describe, expect, inject, it } from 'vitest';
import { stepFunctionsExecutions } from '../../shared/adapters/step-functions-executions.ts';
import { systemClock } from '../../shared/adapters/system-clock.ts';
import type { Executions } from '../../shared/ports/executions.ts';
import { clientOf } from '../support/emulators.ts';
import { eventually } from '../support/eventually.ts';
import { FakeExecutions } from '../support/fakes/executions.ts';

interface Subject {
  name: string;
  /** Takes a second start of what runs under the same name, as Step Functions does. */
  startsOnce: boolean;
  /** An account with two state machines: one waits for long, one fails at once. */
  open(): Promise<{
    executions: Executions;
    waiting: string;
    failing: string;
    stop(machineArn: string, name: string): Promise<void>;
  }>;
}

const definitions = {
  waiting: { Wait: { Type: 'Wait', Seconds: 9_000, End: true } },
  failing: { Fail: { Type: 'Fail', Error: 'ConflictError', Cause: '{"errorMessage":"why"}' } },
};

async function miniStack(endpoint: string) {
  const client = new SFNClient(clientOf(endpoint));
  const prefix = `tandem-${randomUUID()}`;
  const roleArn = await roleOfStateMachines(endpoint, prefix);
  for (const [name, States] of Object.entries(definitions)) {
    const definition = JSON.stringify({ StartAt: Object.keys(States)[0], States });
    await client.send(new CreateStateMachineCommand({ name: `${prefix}-${name}`, definition, roleArn }));
  }
  const stop = async (machineArn: string, name: string) => {
    const executionArn = `${machineArn.replace(':stateMachine:', ':execution:')}:${name}`;
    await client.send(new StopExecutionCommand({ executionArn }));
  };
  const names = { waiting: `${prefix}-waiting`, failing: `${prefix}-failing` };
  return { executions: stepFunctionsExecutions(client), ...names, stop };
}

async function roleOfStateMachines(endpoint: string, RoleName: string): Promise<string | undefined> {
  const Statement = [{ Effect: 'Allow', Principal: { Service: 'states.amazonaws.com' }, Action: 'sts:AssumeRole' }];
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
  const iam = new IAMClient(clientOf(endpoint));
  return (await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }))).Role?.Arn;
}

async function fake() {
  const failure = { Error: 'ConflictError', Cause: '{"errorMessage":"why"}' };
  const executions = new FakeExecutions(['waiting', 'failing'], (machine) =>
    machine === 'failing' ? Promise.resolve({ status: 'FAILED', failure }) : Promise.withResolvers<never>().promise,
  );
  const stop = async (_machineArn: string, name: string) => executions.end(name, { status: 'ABORTED' });
  return { executions, waiting: 'waiting', failing: 'failing', stop };
}

const subjects: Subject[] = [
  { name: 'the fake', startsOnce: true, open: fake },
  { name: 'MiniStack', startsOnce: false, open: () => miniStack(inject('miniStack')) },
];

describe.each(subjects)('executions: $name', ({ startsOnce, open }) => {
  const input = JSON.stringify({ plan: 'app' });

  async function machine(which: 'waiting' | 'failing') {
    const opened = await open();
    const found = (await opened.executions.machines()).find((one) => one.name === opened[which]);
    if (found === undefined) throw new Error(`There is no state machine ${opened[which]}.`);
    return { ...opened, arn: found.arn };
  }

  it('tells an execution that runs, by its own name and by its state machine', async () => {
    const { executions, arn, stop } = await machine('waiting');

    await executions.start(arn, 'app-1', input);

    const execution = { name: 'app-1', status: 'RUNNING', input, failure: undefined };
    expect(await executions.find(arn, 'app-1')).toEqual(execution);
    expect(await executions.running(arn)).toEqual([execution]);
    await stop(arn, 'app-1');
  });

  it('knows no execution that nobody started', async () => {
    const { executions, arn } = await machine('waiting');

    expect(await executions.find(arn, 'app-1')).toBeUndefined();
    expect(await executions.running(arn)).toEqual([]);
  });

  it('refuses the name of an execution that has ended', async () => {
    const { executions, arn, stop } = await machine('waiting');
    await executions.start(arn, 'app-1', input);
    await stop(arn, 'app-1');

    await expect(executions.start(arn, 'app-1', input)).rejects.toMatchObject({ code: 'EXECUTION_EXISTS' });
    expect(await executions.running(arn)).toEqual([]);
  });

  if (startsOnce) {
    it('starts once what is started twice under one name', async () => {
      const { executions, arn, stop } = await machine('waiting');

      await executions.start(arn, 'app-1', input);
      await executions.start(arn, 'app-1', input);

      expect(await executions.running(arn)).toHaveLength(1);
      await stop(arn, 'app-1');
    });
  }

  it('tells an execution that somebody stopped', async () => {
    const { executions, arn, stop } = await machine('waiting');
    await executions.start(arn, 'app-1', input);

    await stop(arn, 'app-1');

    expect(await executions.find(arn, 'app-1')).toMatchObject({ status: 'ABORTED' });
    expect(await executions.running(arn)).toEqual([]);
  });

  it('tells the error and the cause of an execution that failed', async () => {
    const { executions, arn } = await machine('failing');

    await executions.start(arn, 'app-1', input);

    const ended = await eventually({ clock: systemClock, pollMilliseconds: 20 }, async () => {
      const found = await executions.find(arn, 'app-1');
      return found?.status === 'RUNNING' ? undefined : found;
    });
    expect(ended).toMatchObject({
      status: 'FAILED',
      failure: { Error: 'ConflictError', Cause: '{"errorMessage":"why"}' },
    });
  });
});
