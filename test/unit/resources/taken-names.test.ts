import { expect, test } from 'vitest';
import { refuseTakenNames } from '../../../resources/taken-names.ts';
import { searching, templateOf } from '../../support/template-of.ts';

const plans = { shop: searching() };
const idOf = (prefix: string, resources: object) => Object.keys(resources).find((id) => id.startsWith(prefix)) ?? '';

/** Deploys the plans where the account has these names, and the stack has made these things. */
function deploy(has: string[], stack: Record<string, string> = {}, deployed: Record<string, unknown> = plans) {
  return refuseTakenNames(templateOf(deployed).resources, {
    stack: new Map(Object.entries(stack)),
    has: async (_, name) => has.includes(name),
  });
}

test.for([
  ['the-catalog', 'catalog.existing: true'],
  ['snapshots', 'existing: [bucket]'],
  ['snapshot', 'existing: [role]'],
] as const)('%s is refused where it is there and not of the stack, with what to say of it', async ([name, remedy]) => {
  await expect(deploy([name])).rejects.toMatchObject({
    code: 'NAME_TAKEN',
    message: expect.stringContaining(` ${name} is there already`),
    remedy: expect.stringContaining(remedy),
  });
});

test('an account without these names is let through, and so is an update', async () => {
  await expect(deploy([])).resolves.toBeUndefined();
  await expect(deploy(['the-catalog'], { CatalogBucket: 'the-catalog' })).resolves.toBeUndefined();
});

test('a role that the stack has made is not deleted because the plan file says that it exists', async () => {
  const id = idOf('SnapshotRole', templateOf(plans).resources);
  const stack = { [id]: 'snapshot' };

  await expect(deploy([], stack, { shop: searching({ existing: ['role'] }) })).rejects.toMatchObject({
    code: 'PLAN_FILE_INVALID',
    message: expect.stringContaining('would delete it'),
  });
  await expect(deploy([], stack, { shop: { tables: { include: ['*'] } } })).resolves.toBeUndefined();
});

test('a role that the stack has made may go with its plan, though the domain of another has its name', async () => {
  const roleArn = 'arn:aws:iam::111122223333:role/of-tandem/my-shop';
  const id = idOf('SnapshotRole', templateOf({ shop: searching({ roleArn }) }).resources);
  const stack = { [id]: 'my-shop' };

  await expect(deploy([], stack)).resolves.toBeUndefined();
  await expect(deploy([], stack, { shop: searching({ roleArn, existing: ['role'] }) })).rejects.toMatchObject({
    code: 'PLAN_FILE_INVALID',
  });
});
