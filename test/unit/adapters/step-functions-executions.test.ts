import { SFNClient } from '@aws-sdk/client-sfn';
import { expect, it, onTestFinished } from 'vitest';
import { stepFunctionsExecutions } from '../../../shared/adapters/step-functions-executions.ts';
import { clientOf } from '../../support/emulators.ts';
import { startScriptedServer } from '../../support/scripted-server.ts';

it('knows no execution of a name that none can have', async () => {
  const refusal = { __type: 'InvalidArn', message: "Invalid Arn: 'Resource type not valid in this context: a b'" };
  const { endpoint, stop } = await startScriptedServer({ status: 400, json: refusal });
  onTestFinished(stop);
  const executions = stepFunctionsExecutions(new SFNClient(clientOf(endpoint)));

  expect(await executions.find('arn:aws:states:eu-west-1:111122223333:stateMachine:m', 'a b')).toBeUndefined();
});
