import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isNobody, missingFrom, principalOf } from '../../../shared/core/role-mapping.ts';

const role = 'arn:aws:iam::111122223333:role/tandem/backup';
const user = 'arn:aws:iam::111122223333:user/operator';

describe('who is missing in a mapping', () => {
  test('roles are backend roles, and all others users', () => {
    expect(missingFrom(undefined, [role, user, 'admin'])).toEqual({ backendRoles: [role], users: [user, 'admin'] });
  });

  test('a role that is mapped as a user is missing still', () => {
    expect(missingFrom({ backendRoles: [], users: [role] }, [role])).toEqual({ backendRoles: [role], users: [] });
  });

  test('nobody is, once the missing ones were added', () => {
    const names = fc.uniqueArray(fc.constantFrom(role, user, 'admin', 'somebody', `${role}-2`));
    fc.assert(
      fc.property(names, names, names, (backendRoles, users, principals) => {
        const missing = missingFrom({ backendRoles, users }, principals);
        const after = {
          backendRoles: [...backendRoles, ...missing.backendRoles],
          users: [...users, ...missing.users],
        };
        expect(isNobody(missingFrom(after, principals))).toBe(true);
        expect(new Set(after.backendRoles).size).toBe(after.backendRoles.length);
      }),
    );
  });
});

test.for([
  ['arn:aws:sts::111122223333:assumed-role/backup/session', 'arn:aws:iam::111122223333:role/backup'],
  [user, user],
  ['arn:aws:iam::111122223333:root', 'arn:aws:iam::111122223333:root'],
] as const)('the principal behind %s is %s', ([caller, principal]) => {
  expect(principalOf(caller)).toBe(principal);
});
