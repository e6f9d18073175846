import { describe, expect, it } from 'vitest';
import { roles } from '../../../docs/security/page.ts';
import { roleReasons } from '../../../resources/role-reasons.ts';

const found = await roles();
const needed = (name: string) => found.filter((role) => role.name === name).flatMap(({ grants }) => grants);

it('knows every role of the template, and no other', () => {
  expect(Object.keys(roleReasons).sort()).toEqual(found.map(({ name }) => name).sort());
});

describe.each(found.map(({ name }) => name))('%s', (name) => {
  it('has a reason for each of its actions, and for no other', () => {
    const actions = new Set(needed(name).map(({ action }) => action));
    expect(Object.keys(roleReasons[name]?.actions ?? {}).sort()).toEqual([...actions].sort());
  });
});

it('shows what an option of the plan file adds', () => {
  expect(needed('BackupRole')).toContainEqual({
    action: 'kms:Decrypt',
    on: '`arn:aws:kms:eu-west-1:111122223333:key/00000000-0000-0000-0000-000000000000`',
    condition: '`kms:ViaService` is `s3.eu-west-1.amazonaws.com` or `sns.eu-west-1.amazonaws.com`',
    option: 'with `kmsKey`',
  });
});
