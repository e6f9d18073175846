import { GetFunctionConfigurationCommand, InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { readFailure } from '../errors/description.ts';
import { TandemError } from '../errors/tandem-error.ts';
import type { DeployedFunctions } from '../ports/deployed-functions.ts';
import { ask, undefinedOn } from './aws-call.ts';

/** The functions of Lambda. @param client one that waits for as long as a function may run */
export function lambdaDeployedFunctions(client: LambdaClient): DeployedFunctions {
  return {
    async role(name) {
      const command = new GetFunctionConfigurationCommand({ FunctionName: name });
      const found = await ask(client, `GetFunctionConfiguration ${name}`, () =>
        client.send(command).catch(undefinedOn('ResourceNotFoundException')),
      );
      return found?.Role;
    },

    async call(name, input) {
      const command = new InvokeCommand({ FunctionName: name, Payload: Buffer.from(JSON.stringify(input)) });
      const { FunctionError, Payload } = await ask(client, `Invoke ${name}`, () => client.send(command));
      const text = Buffer.from(Payload ?? []).toString();
      if (FunctionError !== undefined) throw failureOf(FunctionError, text);
      return JSON.parse(text);
    },
  };
}

/** Lambda tells the error of a function as JSON, in which the steps' own text is the message. */
function failureOf(error: string, text: string): TandemError {
  const { code, message, remedy } = readFailure({ Error: error, Cause: text });
  return new TandemError(code, message, { remedy });
}
