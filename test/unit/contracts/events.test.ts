import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { backupInputSchema, restoreInputSchema } from '../../../shared/contracts/steps.ts';

async function event(name: string): Promise<unknown> {
  return JSON.parse(await readFile(new URL(`../../../events/${name}.json`, import.meta.url), 'utf8'));
}

test('the input for a backup now is one that the workflow takes', async () => {
  expect(backupInputSchema.parse(await event('backup-now'))).toEqual({ plan: 'app' });
});

test('the input for a dry run asks for nothing to be touched', async () => {
  expect(restoreInputSchema.parse(await event('restore-dry-run'))).toMatchObject({ dryRun: true, confirmed: false });
});

test('the input for an undo names a safety point, and asks for nothing to be touched yet', async () => {
  expect(restoreInputSchema.parse(await event('restore-undo'))).toMatchObject({
    point: expect.stringContaining('-safety'),
    dryRun: true,
    safetyPoint: true,
  });
});

test('the input for a confirmed restore is confirmed by the hash of its plan', async () => {
  expect(restoreInputSchema.parse(await event('restore-confirmed'))).toMatchObject({
    dryRun: false,
    confirmed: false,
    planHash: expect.any(String),
  });
});

test('the input for a swap names some indices, and asks for nothing to be touched yet', async () => {
  expect(restoreInputSchema.parse(await event('restore-swap'))).toMatchObject({
    indices: [expect.any(String)],
    indexStrategy: 'swap',
    dryRun: true,
  });
});

test('the input for a refill names some tables, and asks for nothing to be touched yet', async () => {
  expect(restoreInputSchema.parse(await event('restore-refill'))).toMatchObject({
    tables: [expect.any(String)],
    tableStrategy: 'refill',
    writeUnits: expect.any(Number),
    dryRun: true,
  });
});

test('the input for a fast restore asks for nothing to be touched yet', async () => {
  expect(restoreInputSchema.parse(await event('restore-fast'))).toMatchObject({ fast: true, dryRun: true });
});

test('the input that takes over from a dead restore names it', async () => {
  expect(restoreInputSchema.parse(await event('restore-take-over'))).toMatchObject({
    planHash: expect.any(String),
    takeOver: expect.any(String),
  });
});

test.each([
  ['restore-snapshot', { snapshot: expect.stringMatching(/^cs-automated\/./) }],
  ['restore-point-in-time', { at: expect.stringMatching(/\+01:00$/) }],
  ['restore-to-endpoint', { toEndpoint: expect.stringMatching(/^https:/) }],
])('the input for another source or target asks for nothing to be touched yet: %s', async (name, source) => {
  expect(restoreInputSchema.parse(await event(name))).toMatchObject({ ...source, dryRun: true, confirmed: false });
});

test('events/README.md tells every field of the two inputs, and no other', async () => {
  const readme = await readFile(new URL('../../../events/README.md', import.meta.url), 'utf8');
  const rows = [...readme.matchAll(/^\| (?<fields>`[^|]+`) \| (?<of>both|backup|restore) \|/gm)];
  const told = (workflow: string) =>
    rows
      .filter(({ groups }) => ['both', workflow].includes(groups?.of ?? ''))
      .flatMap(({ groups }) => groups?.fields?.match(/\w+/g) ?? []);

  expect(told('backup').sort()).toEqual(Object.keys(backupInputSchema.shape).sort());
  expect(told('restore').sort()).toEqual(Object.keys(restoreInputSchema.shape).sort());
});
