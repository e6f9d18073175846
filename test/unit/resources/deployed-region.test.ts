import { expect, test } from 'vitest';
import { refuseOtherRegion, refuseUnnamedRegion } from '../../../resources/deployed-region.ts';
import { templateOf } from '../../support/template-of.ts';

const tables = { include: ['shop-*'] };
const key = 'arn:aws:kms:eu-west-1:111122223333:key/0b2a4d6e-1111-2222-3333-444455556666';
const topic = 'arn:aws:sns:eu-west-1:111122223333:ops';

test.for([undefined, ''])('a deployment to a region that nobody named is refused', (named) => {
  expect(() => refuseUnnamedRegion(named)).toThrow(
    expect.objectContaining({ code: 'REGION_MISSING', remedy: expect.stringContaining('--region') }),
  );
  expect(() => refuseUnnamedRegion('eu-west-1')).not.toThrow();
});

test.for([
  ['key', templateOf({ shop: { tables } }, { kmsKey: key }).resources, key],
  ['topic', templateOf({ shop: { tables, alerts: { topic } } }).resources, topic],
] as const)('so is one to another region than that of its %s', ([_what, template, arn]) => {
  expect(() => refuseOtherRegion(template, 'us-east-1')).toThrow(
    expect.objectContaining({ code: 'PLAN_FILE_INVALID', message: expect.stringContaining(arn) }),
  );
  expect(() => refuseOtherRegion(template, 'eu-west-1')).not.toThrow();
});
