import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { policyWith, verdictOf } from '../../../shared/core/access-policy.ts';

const backup = 'arn:aws:iam::111122223333:role/backup';
const resource = 'arn:aws:es:eu-west-1:111122223333:domain/app/_snapshot';
const allow = { Effect: 'Allow', Principal: { AWS: backup }, Action: 'es:ESHttpGet', Resource: resource };
const policyOf = (...statements: object[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements });

describe('what the policy of a domain says', () => {
  test.for([
    ['by name', policyOf(allow), 'allowed'],
    ['in a single statement', JSON.stringify({ Statement: allow }), 'allowed'],
    ['to everybody', policyOf({ ...allow, Principal: '*' }), 'allowed'],
    ['to everybody of AWS', policyOf({ ...allow, Principal: { AWS: ['x', '*'] } }), 'allowed'],
    ['with globs', policyOf({ ...allow, Action: ['es:eshttp*'], Resource: 'arn:*:domain/app/*' }), 'allowed'],
    ['to somebody else', policyOf({ ...allow, Principal: { AWS: `${backup}2` } }), 'silent'],
    ['to a service', policyOf({ ...allow, Principal: { Service: 'es.amazonaws.com' } }), 'silent'],
    ['to the account', policyOf({ ...allow, Principal: { AWS: 'arn:aws:iam::111122223333:root' } }), 'silent'],
    ['for something else', policyOf({ ...allow, Action: 'es:ESHttpPut' }), 'silent'],
    ['on something else', policyOf({ ...allow, Resource: 'arn:aws:es:eu-west-1:111122223333:domain/app' }), 'silent'],
    ['under a condition', policyOf({ ...allow, Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }), 'silent'],
    ['by what it leaves out', policyOf({ ...allow, Action: undefined, NotAction: 'es:ESHttpPut' }), 'allowed'],
    ['and forbids', policyOf(allow, { ...allow, Effect: 'Deny', Principal: '*' }), 'denied'],
    [
      'and forbids the account',
      policyOf(allow, { ...allow, Effect: 'Deny', Principal: { AWS: '111122223333' } }),
      'denied',
    ],
    ['and forbids another account', policyOf(allow, { ...allow, Effect: 'Deny', Principal: { AWS: '1' } }), 'allowed'],
    ['without a policy', '', 'silent'],
  ] as const)('%s', ([_case, policy, verdict]) => {
    expect(verdictOf(policy, backup, 'es:ESHttpGet', resource)).toBe(verdict);
  });

  test.for(['not JSON', '{}', policyOf({ Effect: 'Perhaps' })])('is not guessed from %s', (policy) => {
    expect(() => verdictOf(policy, backup, 'es:ESHttpGet', resource)).toThrow(
      expect.objectContaining({ code: 'POLICY_UNREADABLE' }),
    );
  });
});

describe('a policy with one more statement', () => {
  const added = {
    Effect: 'Allow' as const,
    Principal: { AWS: [backup] },
    Action: ['es:ESHttpGet'],
    Resource: resource,
  };

  test('says what was added', () => {
    expect(verdictOf(policyWith('', added), backup, 'es:ESHttpGet', resource)).toBe('allowed');
  });

  test('keeps all that it had, whatever it means', () => {
    const statements = fc.array(fc.dictionary(fc.string(), fc.jsonValue()));
    fc.assert(
      fc.property(statements, fc.option(fc.string(), { nil: undefined }), (before, Id) => {
        const { Statement, ...rest } = JSON.parse(policyWith(JSON.stringify({ Id, Statement: before }), added));
        expect(Statement).toEqual([...JSON.parse(JSON.stringify(before)), added]);
        expect(rest).toEqual(Id === undefined ? {} : { Id });
      }),
    );
  });
});
