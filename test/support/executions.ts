import {
  DescribeExecutionCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { systemClock } from '../../shared/adapters/system-clock.ts';
import { clientOf } from './emulators.ts';
import { eventually } from './eventually.ts';

type WorkflowName = 'backup' | 'restore';

/** The executions of a deployed workflow, the newest first. */
export async function executionsOf(endpoint: string, workflow: WorkflowName) {
  const sfn = new SFNClient(clientOf(endpoint));
  const stateMachineArn = await machineOf(sfn, workflow);
  const { executions = [] } = await sfn.send(new ListExecutionsCommand({ stateMachineArn }));
  return Promise.all(executions.map(({ executionArn }) => sfn.send(new DescribeExecutionCommand({ executionArn }))));
}

/** Starts a deployed workflow with an input, as somebody in the console does, and answers how it ended. */
export async function execute(endpoint: string, workflow: WorkflowName, input: object) {
  const sfn = new SFNClient(clientOf(endpoint));
  const stateMachineArn = await machineOf(sfn, workflow);
  const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input) }));
  return eventually({ clock: systemClock, pollMilliseconds: 200 }, async () => {
    const execution = await sfn.send(new DescribeExecutionCommand({ executionArn }));
    return execution.status === 'RUNNING' ? undefined : execution;
  });
}

async function machineOf(sfn: SFNClient, workflow: WorkflowName): Promise<string | undefined> {
  const { stateMachines = [] } = await sfn.send(new ListStateMachinesCommand());
  return stateMachines.find(({ name }) => name === `tandem-sandbox-${workflow}`)?.stateMachineArn;
}
