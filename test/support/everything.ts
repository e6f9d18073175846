import { searching } from './template-of.ts';

/** A plan file that has the deployment make everything that it can make. */
export const everything = {
  version: 1,
  catalog: { bucket: 'the-catalog', objectLock: { mode: 'governance', days: 35 } },
  kmsKey: 'arn:aws:kms:eu-west-1:111122223333:key/0b2a4d6e-1111-2222-3333-444455556666',
  plans: {
    shop: {
      ...searching({ basePath: 'shop' }, { vpc: { subnets: ['subnet-0a1b2c3d'], securityGroups: ['sg-0a1b2c3d'] } }),
      tables: { include: ['shop-*'] },
      schedule: { cron: 'cron(0 3 * * ? *)', timezone: 'Europe/Amsterdam' },
      alerts: { email: ['ops@example.org'] },
    },
    'all-tagged': {
      tables: { tags: { Backup: 'nightly' } },
      schedule: { cron: 'rate(6 hours)' },
      alerts: { topic: 'arn:aws:sns:eu-west-1:111122223333:ops' },
    },
    users: {
      ...searching({ bucket: 'users' }, { auth: { type: 'basic', username: 'tandem', secret: 'users/search' } }),
      schedule: { cron: 'cron(0 3 ? * SUN *)' },
    },
  },
};
