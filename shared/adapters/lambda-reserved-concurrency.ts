import {
  DeleteFunctionConcurrencyCommand,
  GetFunctionConcurrencyCommand,
  type LambdaClient,
  PutFunctionConcurrencyCommand,
} from '@aws-sdk/client-lambda';
import type { ReservedConcurrency } from '../ports/reserved-concurrency.ts';
import { ask } from './aws-call.ts';

const refusals = { ResourceNotFoundException: 'WRITER_NOT_FOUND', ResourceConflictException: 'NOT_READY' } as const;

/** The reserved concurrency of the functions of an account and region of Lambda. Each call may be made again. */
export function lambdaReservedConcurrency(client: LambdaClient): ReservedConcurrency {
  return {
    async get(functionName) {
      const command = new GetFunctionConcurrencyCommand({ FunctionName: functionName });
      const what = `GetFunctionConcurrency of ${functionName}`;
      return (await ask(client, what, () => client.send(command), refusals)).ReservedConcurrentExecutions;
    },

    async set(functionName, reserved) {
      if (reserved === undefined) {
        const command = new DeleteFunctionConcurrencyCommand({ FunctionName: functionName });
        await ask(client, `DeleteFunctionConcurrency of ${functionName}`, () => client.send(command), refusals);
        return;
      }
      const command = new PutFunctionConcurrencyCommand({
        FunctionName: functionName,
        ReservedConcurrentExecutions: reserved,
      });
      await ask(client, `PutFunctionConcurrency of ${functionName}`, () => client.send(command), refusals);
    },
  };
}
