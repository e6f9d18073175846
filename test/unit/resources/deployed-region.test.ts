import { expect, test } from 'vitest';
import { refuseRegion } from '../../../resources/deployed-region.ts';
import { templateOf } from '../../support/template-of.ts';

const tables = { include: ['shop-*'] };
const key = 'arn:aws:kms:eu-west-1:111122223333:key/0b2a4d6e-1111-2222-3333-444455556666';
const topic = 'arn:aws:sns:eu-west-1:111122223333:ops';

test('a deployment to a region that nobody named is refused', () => {
  expect(() => refuseRegion(templateOf({ shop: { tables } }).resources, 'us-east-1', undefined)).toThrow(
    expect.objectContaining({ code: 'REGION_MISSING', remedy: expect.stringContaining('--region') }),
  );
});

test.for([
  ['key', templateOf({ shop: { tables } }, { kmsKey: key }).resources, key],
  ['topic', templateOf({ shop: { tables, alerts: { topic } } }).resources, topic],
] as const)('so is one to another region than that of its %s', ([_what, template, arn]) => {
  expect(() => refuseRegion(template, 'us-east-1', 'us-east-1')).toThrow(
    expect.objectContaining({ code: 'PLAN_FILE_INVALID', message: expect.stringContaining(arn) }),
  );
  expect(() => refuseRegion(template, 'eu-west-1', 'eu-west-1')).not.toThrow();
});
