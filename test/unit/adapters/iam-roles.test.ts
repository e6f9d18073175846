import { IAMClient } from '@aws-sdk/client-iam';
import { expect, onTestFinished, test } from 'vitest';
import { iamRoles } from '../../../shared/adapters/iam-roles.ts';
import { clientOf } from '../../support/emulators.ts';
import { startScriptedServer } from '../../support/scripted-server.ts';

const role = 'arn:aws:iam::111122223333:role/none';

/** What IAM answers to SimulatePrincipalPolicy. The emulators simulate for roles that do not exist. */
const answers = {
  NoSuchEntity: 'PRINCIPAL_UNKNOWN',
  AccessDenied: 'ACCESS_DENIED',
} as const;

test.for(Object.entries(answers))('IAM answering %s means %s', async ([name, code]) => {
  const error = `<Error><Type>Sender</Type><Code>${name}</Code><Message>The role with name none.</Message></Error>`;
  const text = `<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/">${error}</ErrorResponse>`;
  const server = await startScriptedServer({ status: 404, text });
  onTestFinished(server.stop);
  const options = clientOf(server.endpoint);

  const asked = iamRoles(new IAMClient(options)).denied(role, ['es:ESHttpGet'], '*');

  await expect(asked).rejects.toMatchObject({ code, message: expect.stringContaining(role) });
});
