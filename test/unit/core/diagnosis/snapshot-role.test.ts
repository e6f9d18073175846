import { expect, it } from 'vitest';
import { arnsOf } from '../../../../shared/core/diagnosis/snapshot-role-needs.ts';

const roleArn = 'arn:aws-cn:iam::111122223333:role/snapshots';

it.for([
  ['below its base path', 'app', 'arn:aws-cn:s3:::snapshots/app/*'],
  ['in all of the bucket without one', '', 'arn:aws-cn:s3:::snapshots/*'],
] as const)('what a snapshot role needs is asked %s, as a deployed one allows it no more', ([, basePath, objects]) => {
  const repository = { name: 'tandem', bucket: 'snapshots', basePath, roleArn, existing: [], settings: {} };

  expect(arnsOf(repository, roleArn)).toEqual({ bucket: 'arn:aws-cn:s3:::snapshots', objects });
});
