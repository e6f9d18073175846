import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isNobody, missingFrom } from '../../../shared/core/role-mapping.ts';

const role = 'arn:aws:iam::111122223333:role/tandem/backup';
const user = 'arn:aws:iam::111122223333:user/operator';
const nobody = { backendRoles: [], users: [] };

describe('who is missing in a mapping', () => {
  test('roles are backend roles, and all others users', () => {
    expect(missingFrom(nobody, [role, user, 'admin'])).toEqual({ backendRoles: [role], users: [user, 'admin'] });
  });

  test('who is named twice is missing once', () => {
    expect(missingFrom(nobody, [role, role, user, user])).toEqual({ backendRoles: [role], users: [user] });
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
