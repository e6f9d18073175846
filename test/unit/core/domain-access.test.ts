import { expect, test } from 'vitest';
import { domainRequests, missingAccess, placeOf, workingRequests } from '../../../shared/core/domain-access.ts';
import { domainAt } from '../../../shared/core/domain-address.ts';
import { isLike } from '../../../shared/core/policy-document.ts';
import type { Decision } from '../../../shared/ports/identities.ts';

const arn = 'arn:aws:es:eu-west-1:111122223333:domain/app';
const own = 'arn:aws:iam::111122223333:role/backup';
const foreign = 'arn:aws:iam::444455556666:role/backup';
const requests = { 'es:ESHttpGet': ['*'], 'es:ESHttpPut': ['_snapshot/*'] };
const actions = Object.keys(requests);
const statement = (Effect: string, AWS: string, Action: string) => ({
  Effect,
  Principal: { AWS },
  Action,
  Resource: '*',
});
const decided = (decision: Decision, of: readonly string[]) => of.map((action) => ({ action, decision }));
const policyOf = (...statements: object[]) => JSON.stringify({ Statement: statements });

test.for([
  ['his own policies allow all', own, '', actions, []],
  ['the domain allows all', own, policyOf(statement('Allow', own, 'es:*')), [], []],
  ['each allows a part', own, policyOf(statement('Allow', own, 'es:ESHttpGet')), ['es:ESHttpPut'], []],
  ['nobody allows one', own, policyOf(statement('Allow', own, 'es:ESHttpGet')), [], ['es:ESHttpPut']],
  ['it is not known what his own allow', own, '', undefined, actions],
  ['his own allow it in another account', foreign, '', actions, actions],
] as const)('what a principal misses where %s', ([_case, principal, accessPolicy, allowed, missing]) => {
  const user = { principal, requests, registers: false };

  const found = missingAccess(user, { arn, accessPolicy }, allowed && decided('allowed', allowed));

  expect(found.flatMap((each) => each.actions)).toEqual(missing);
  expect(found.every(({ denied }) => !denied)).toBe(true);
});

test('what the domain denies no other statement allows', () => {
  const accessPolicy = policyOf(statement('Deny', '*', 'es:ESHttpPut'), statement('Allow', own, 'es:*'));

  const found = missingAccess(
    { principal: own, requests, registers: true },
    { arn, accessPolicy },
    decided('allowed', actions),
  );

  expect(found).toEqual([{ principal: own, actions: ['es:ESHttpPut'], denied: true, policyOf: 'domain' }]);
});

test('what his own policies deny the domain does not allow either', () => {
  const accessPolicy = policyOf(statement('Allow', own, 'es:ESHttpGet'));
  const user = { principal: own, requests: { ...requests, 'es:ESHttpPost': ['*/_search'] }, registers: true };

  expect(missingAccess(user, { arn, accessPolicy }, decided('denied', actions))).toEqual([
    { principal: own, actions, denied: true, policyOf: 'principal' },
    { principal: own, actions: ['es:ESHttpPost'], denied: false, policyOf: 'domain' },
  ]);
});

test.for([
  ['backup', domainRequests.backup, domainRequests.backup],
  ['restore', domainRequests.restore, domainRequests.restore],
  ['setup', domainRequests.setup, domainRequests.setup],
  ['backup, of somebody who does both', workingRequests, domainRequests.backup],
] as const)('it is asked about %s where that may be done', ([_name, asked, may]) => {
  for (const [action, paths] of Object.entries(may)) {
    const place = placeOf(action, asked, arn);

    expect(paths.filter((path) => isLike(place, `${arn}/${path}`))).not.toEqual([]);
  }
});

test.for([
  ['https://search-my-app-abcdefghijklmnopqrstuvwxyz.eu-west-1.es.amazonaws.com', 'my-app', 'eu-west-1'],
  ['https://vpc-app-abcdefghijklmnopqrstuvwxyz.aos.us-east-2.on.aws', 'app', 'us-east-2'],
] as const)('%s is the address of a domain', ([endpoint, name, region]) => {
  expect(domainAt(endpoint)).toEqual({ name, region });
});

test.for(['https://search.example.com', 'http://127.0.0.1:9200'])('%s does not tell a domain', (endpoint) => {
  expect(domainAt(endpoint)).toBeUndefined();
});
