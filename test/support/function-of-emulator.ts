import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { clientOf } from './emulators.ts';

const emptyZip = Buffer.concat([Buffer.from('PK\x05\x06', 'latin1'), Buffer.alloc(18)]);
const trust = { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' };

/** Makes a function of an emulator that does nothing, with a role of its name. @returns its ARN */
export async function makeFunction(endpoint: string, name: string): Promise<string> {
  const policy = JSON.stringify({ Version: '2012-10-17', Statement: [trust] });
  const newRole = new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: policy });
  const { Role } = await new IAMClient(clientOf(endpoint)).send(newRole);
  const { FunctionArn = '' } = await new LambdaClient(clientOf(endpoint)).send(
    new CreateFunctionCommand({
      FunctionName: name,
      Role: Role?.Arn,
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Code: { ZipFile: emptyZip },
    }),
  );
  return FunctionArn;
}
