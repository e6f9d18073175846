import type { CheckSet } from '../check.ts';

export const securityChecks = {
  SECURITY_MAPPING: {
    topic: 'security',
    title: 'a security role is mapped to who runs the workflows',
    problems: {
      missing: {
        outcome: 'failed',
        says: 'No security role of the domain is mapped to <principals>.',
        remedy: 'npx tandem setup <plan>',
      },
    },
  },
  SECURITY_PERMISSIONS: {
    topic: 'security',
    title: 'the security roles allow all that the workflows call',
    problems: {
      lacking: {
        outcome: 'failed',
        says: '<principal> lacks permissions of the domain: <permissions>.',
        remedy: 'npx tandem setup <plan>',
      },
    },
  },
  SECURITY_MAPPING_KIND: {
    topic: 'security',
    title: 'roles are mapped as backend roles, and users as users',
    problems: {
      roleAmongUsers: {
        outcome: 'failed',
        says: 'Security role <securityRole> is mapped to <arn> as a user, but it is a role, which has to be a backend role.',
        remedy: 'npx tandem setup <plan>',
      },
      userAmongRoles: {
        outcome: 'failed',
        says: 'Security role <securityRole> is mapped to <arn> as a backend role, but it is a user, which has to be among the users.',
        remedy: 'npx tandem setup <plan>',
      },
    },
  },
} as const satisfies CheckSet;
