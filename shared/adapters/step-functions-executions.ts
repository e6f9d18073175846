import {
  DescribeExecutionCommand,
  paginateListExecutions,
  paginateListStateMachines,
  type SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import * as z from 'zod';
import type { ExecutionDescription, Executions } from '../ports/executions.ts';
import { ask, undefinedOn, understand } from './aws-call.ts';

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
      const command = new StartExecutionCommand({ stateMachineArn: machineArn, name, input });
      const refusals = { ExecutionAlreadyExists: 'EXECUTION_EXISTS' } as const;
      return ask(client, `StartExecution ${name}`, async () => void (await client.send(command)), refusals);
    },
    find: (machineArn, name) => describe(client, executionArn(machineArn, name)),
    running: async (machineArn) => {
      const arns = await ask(client, `ListExecutions ${machineArn}`, async () => {
        const found: string[] = [];
        const query = { stateMachineArn: machineArn, statusFilter: 'RUNNING' as const };
        for await (const page of paginateListExecutions({ client }, query)) {
          found.push(...(page.executions ?? []).flatMap((execution) => execution.executionArn ?? []));
        }
        return found;
      });
      const described = await Promise.all(arns.map((arn) => describe(client, arn)));
      return described.filter((execution) => execution !== undefined);
    },
  };
}

/** The ARN of an execution is that of its state machine with its name behind. */
function executionArn(machineArn: string, name: string): string {
  return `${machineArn.replace(':stateMachine:', ':execution:')}:${name}`;
}

/** A name that no execution can have is refused as an ARN. */
async function describe(client: SFNClient, arn: string): Promise<ExecutionDescription | undefined> {
  const what = `DescribeExecution ${arn}`;
  const call = client.send(new DescribeExecutionCommand({ executionArn: arn }));
  const execution = await ask(client, what, () => call.catch(undefinedOn('ExecutionDoesNotExist', 'InvalidArn')));
  return execution && understand(executionSchema, execution, what);
}
