import { IAMClient } from '@aws-sdk/client-iam';
import { expect, onTestFinished, test } from 'vitest';
import { iamIdentities } from '../../../shared/adapters/iam-identities.ts';
import { clientOf } from '../../support/emulators.ts';
import { startScriptedServer } from '../../support/scripted-server.ts';

const xml = (body: string) =>
  `<SimulatePrincipalPolicyResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><SimulatePrincipalPolicyResult><IsTruncated>false</IsTruncated><EvaluationResults>${body}</EvaluationResults></SimulatePrincipalPolicyResult></SimulatePrincipalPolicyResponse>`;
const member = (decision: string, missing = '', ofResource = '') =>
  `<member><EvalActionName>es:ESHttpGet</EvalActionName><EvalDecision>${decision}</EvalDecision><MissingContextValues>${missing}</MissingContextValues><ResourceSpecificResults>${ofResource}</ResourceSpecificResults></member>`;
const resource = (missing: string) =>
  `<member><EvalResourceName>*</EvalResourceName><EvalResourceDecision>implicitDeny</EvalResourceDecision><MissingContextValues>${missing}</MissingContextValues></member>`;

async function asked(text: string, status: number) {
  const server = await startScriptedServer({ status, text });
  onTestFinished(server.stop);
  return iamIdentities(new IAMClient(clientOf(server.endpoint))).decisions(role, ['es:ESHttpGet'], '*');
}

const role = 'arn:aws:iam::111122223333:role/none';

/** What IAM answers to SimulatePrincipalPolicy. The emulators simulate for roles that do not exist. */
const answers = {
  NoSuchEntity: 'PRINCIPAL_UNKNOWN',
  AccessDenied: 'ACCESS_DENIED',
} as const;

test.for(Object.entries(answers))('IAM answering %s means %s', async ([name, code]) => {
  const error = `<Error><Type>Sender</Type><Code>${name}</Code><Message>The role with name none.</Message></Error>`;
  const text = `<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/">${error}</ErrorResponse>`;

  await expect(asked(text, 404)).rejects.toMatchObject({ code, message: expect.stringContaining(role) });
});

test.for([
  ['allowed', '', 'allowed'],
  ['explicitDeny', '', 'denied'],
  ['implicitDeny', '', 'silent'],
  ['allowed', 'aws:SourceVpce', 'allowed'],
  ['explicitDeny', 'aws:SourceVpce', 'unclear'],
  ['implicitDeny', 'aws:PrincipalOrgID', 'unclear'],
])('IAM answering %s, without "%s", means %s', async ([evaluated, key, decision]) => {
  const missing = key === '' ? '' : `<member>${key}</member>`;

  expect(await asked(xml(member(evaluated ?? '', missing)), 200)).toEqual([{ action: 'es:ESHttpGet', decision }]);
});

test('what is missing for the resource that was asked about is missing', async () => {
  const evaluated = member('implicitDeny', '', resource('<member>aws:SourceVpce</member>'));

  expect(await asked(xml(evaluated), 200)).toEqual([{ action: 'es:ESHttpGet', decision: 'unclear' }]);
});

test('an answer that leaves an action out is none', async () => {
  await expect(asked(xml(''), 200)).rejects.toMatchObject({ code: 'PROVIDER_FAILURE' });
});
