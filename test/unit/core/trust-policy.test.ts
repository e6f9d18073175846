import { describe, expect, it } from 'vitest';
import { type ServedDomain, trustIn } from '../../../shared/core/trust-policy.ts';

const es = 'es.amazonaws.com';
const domain: ServedDomain = { partition: 'aws', region: 'eu-west-1', account: '111122223333', name: 'app' };
const unnamed = { ...domain, name: undefined };
const arnOf = (name: string) => `arn:aws:es:eu-west-1:111122223333:domain/${name}`;

const grant = { Effect: 'Allow', Principal: { Service: es }, Action: 'sts:AssumeRole' };
const deny = { ...grant, Effect: 'Deny' };
const under = (Condition: object) => ({ ...grant, Condition });
const account = (value: unknown) => under({ StringEquals: { 'aws:SourceAccount': value } });
const source = (value: unknown) => under({ ArnLike: { 'aws:SourceArn': value } });

function verdict(statements: object | object[], served = domain): string | undefined {
  return trustIn(JSON.stringify({ Statement: statements }), [es], served).services[0]?.verdict;
}

describe('a trust policy', () => {
  it.each([
    ['that names the service', grant, 'trusted'],
    ['that names several', { ...grant, Principal: { Service: ['ec2.amazonaws.com', es] } }, 'trusted'],
    ['that is about everybody', { ...grant, Principal: '*' }, 'trusted'],
    ['of every action', { ...grant, Action: '*' }, 'trusted'],
    ['of actions in other letters', { ...grant, Action: ['sts:TagSession', 'STS:assume*'] }, 'trusted'],
    ['of another action', { ...grant, Action: 'sts:TagSession' }, 'silent'],
    ['of all actions but this', { ...grant, Action: undefined, NotAction: 'sts:AssumeRole' }, 'silent'],
    ['that names another service', { ...grant, Principal: { Service: 'ec2.amazonaws.com' } }, 'silent'],
    ['that names an account', { ...grant, Principal: { AWS: 'arn:aws:iam::111122223333:root' } }, 'silent'],
    ['without statements', [], 'silent'],
    ['of the account', account('111122223333'), 'trusted'],
    ['of one of several accounts', account(['999999999999', '111122223333']), 'trusted'],
    ['of an account that is written as a number', account(111122223333), 'trusted'],
    ['of another account', account('999999999999'), 'unmet'],
    ['of the domain', source(arnOf('app')), 'trusted'],
    ['of every domain', source(arnOf('*')), 'trusted'],
    ['of another domain', source(arnOf('shop')), 'unmet'],
    ['of another region', source(arnOf('*').replace('eu-west-1', 'us-east-1')), 'unmet'],
    ['with a key in other letters', under({ StringLike: { 'AWS:sourceArn': arnOf('a*') } }), 'trusted'],
    [
      'of a pattern that is compared letter by letter',
      under({ StringEquals: { 'aws:SourceArn': arnOf('*') } }),
      'unmet',
    ],
    ['of every account but this', under({ StringNotEquals: { 'aws:SourceAccount': '111122223333' } }), 'unmet'],
    ['of every account but another', under({ StringNotEquals: { 'aws:SourceAccount': '999999999999' } }), 'trusted'],
    ['that asks for an external id', under({ StringEquals: { 'sts:ExternalId': 'x' } }), 'unmet'],
    ['that asks for one if there is any', under({ StringEqualsIfExists: { 'sts:ExternalId': 'x' } }), 'trusted'],
    ['that asks for an account to be told', under({ Null: { 'aws:SourceAccount': 'false' } }), 'trusted'],
    ['of services alone', under({ Bool: { 'aws:PrincipalIsAWSService': true } }), 'trusted'],
    ['with a condition on something else', under({ StringEquals: { 'aws:SourceOrgID': 'o-1' } }), 'unclear'],
    ['with an operator of another kind', under({ DateLessThan: { 'aws:SourceAccount': '1' } }), 'unclear'],
    ['with two conditions, of which one does not hold', [account('9'), account('8')], 'unmet'],
    ['with a second statement that holds', [account('9'), grant], 'trusted'],
    ['that denies it as well', [grant, deny], 'denied'],
    ['that denies it to everybody', [grant, { ...deny, Principal: '*' }], 'denied'],
    [
      'that denies it to all others',
      [grant, { ...deny, Principal: undefined, NotPrincipal: { Service: es } }],
      'trusted',
    ],
    ['that denies another account', [grant, { ...account('9'), Effect: 'Deny' }], 'trusted'],
    [
      'that denies it in some organization',
      [grant, { ...under({ StringEquals: { 'aws:SourceOrgID': 'o' } }), Effect: 'Deny' }],
      'unclear',
    ],
  ])('%s', (_, statements, expected) => {
    expect(verdict(statements)).toBe(expected);
  });

  it.each([
    ['every domain', arnOf('*'), 'trusted'],
    ['one domain', arnOf('shop'), 'unclear'],
    ['domains of another account', arnOf('*').replace('111122223333', '999999999999'), 'unmet'],
    ['everything', '*', 'trusted'],
  ])('of %s, where the name of the domain is not known', (_, pattern, expected) => {
    expect(verdict(source(pattern), unnamed)).toBe(expected);
  });

  it('tells the conditions that do not hold', () => {
    const [trust] = trustIn(JSON.stringify({ Statement: account('999999999999') }), [es], domain).services;

    expect(trust).toMatchObject({ conditions: ['aws:SourceAccount StringEquals 999999999999'] });
  });

  it('trusts everybody only where no condition keeps anybody out', () => {
    const open = (statement: object) => trustIn(JSON.stringify({ Statement: statement }), [es], domain).everybody;

    expect(open({ ...grant, Principal: { AWS: '*' } })).toBe(true);
    expect(open({ ...account('111122223333'), Principal: '*' })).toBe(false);
    expect(open({ ...deny, Principal: '*' })).toBe(false);
  });

  it('that is none is refused', () => {
    expect(() => trustIn('{"Statement":[{"Effect":"Perhaps"}]}', [es], domain)).toThrow(
      expect.objectContaining({ code: 'POLICY_UNREADABLE' }),
    );
  });
});
