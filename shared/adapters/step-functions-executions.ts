import {
  DescribeExecutionCommand,
  paginateListExecutions,
  paginateListStateMachines,
  type SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import * as z from 'zod';
import type { ExecutionDescription, Executions } from '../ports/executions.ts';
import { ask, understand } from './aws-call.ts';

const machineSchema = z
  .object({ name: z.string(), stateMachineArn: z.string() })
  .transform(({ name, stateMachineArn }) => ({ name, arn: stateMachineArn }));

const executionSchema = z
  .object({
    name: z.string(),
    status: z.enum(['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED']),
    input: z.string().default('{}'),
    error: z.string().optional(),
    cause: z.string().default(''),
  })
  .transform(({ name, status, input, error, cause }): ExecutionDescription => {
    const failure = error === undefined ? undefined : { Error: error, Cause: cause };
    return { name, status, input, failure };
  });

/** The Step Functions of an account and region. */
export function stepFunctionsExecutions(client: SFNClient): Executions {
  return {
    machines: () =>
      ask(client, 'ListStateMachines', async () => {
        const machines: z.output<typeof machineSchema>[] = [];
        for await (const page of paginateListStateMachines({ client }, {})) {
          machines.push(...understand(z.array(machineSchema), page.stateMachines ?? [], 'ListStateMachines'));
        }
        return machines;
      }),
    start: (machineArn, name, input) => {
      const what = `StartExecution ${name}`;
      const command = new StartExecutionCommand({ stateMachineArn: machineArn, name, input });
      return ask(client, what, async () => understand(z.string(), (await client.send(command)).executionArn, what));
    },
    describe: (executionArn) => {
      const what = `DescribeExecution ${executionArn}`;
      const command = new DescribeExecutionCommand({ executionArn });
      return ask(client, what, async () => understand(executionSchema, await client.send(command), what));
    },
    running: (machineArn) =>
      ask(client, `ListExecutions ${machineArn}`, async () => {
        const arns: string[] = [];
        const query = { stateMachineArn: machineArn, statusFilter: 'RUNNING' as const };
        for await (const page of paginateListExecutions({ client }, query)) {
          for (const { executionArn } of page.executions ?? []) if (executionArn !== undefined) arns.push(executionArn);
        }
        return arns;
      }),
  };
}
