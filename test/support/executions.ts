import {
  DescribeExecutionCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  SFNClient,
} from '@aws-sdk/client-sfn';
import { clientOf } from './emulators.ts';

/** The executions of a deployed workflow, the newest first. */
export async function executionsOf(endpoint: string, workflow: 'backup' | 'restore') {
  const sfn = new SFNClient(clientOf(endpoint));
  const { stateMachines = [] } = await sfn.send(new ListStateMachinesCommand());
  const machine = stateMachines.find(({ name }) => name === `tandem-sandbox-${workflow}`)?.stateMachineArn;
  const { executions = [] } = await sfn.send(new ListExecutionsCommand({ stateMachineArn: machine }));
  return Promise.all(executions.map(({ executionArn }) => sfn.send(new DescribeExecutionCommand({ executionArn }))));
}
