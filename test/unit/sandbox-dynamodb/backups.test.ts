import {
  DeleteBackupCommand,
  DescribeBackupCommand,
  ListBackupsCommand,
  type ListBackupsCommandInput,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import { commandsOf } from '../../support/sandbox-dynamodb/commands.ts';
import { startPlayedDynamoDb } from '../../support/sandbox-dynamodb/played-dynamodb.ts';

const minute = 60_000;

/** With a table `orders` that is old enough to be backed up. */
async function start() {
  const played = await startPlayedDynamoDb();
  const { client, clock } = played;
  const commands = commandsOf(client);
  await commands.createTable('orders');
  clock.advance(minute);
  const list = async (input: ListBackupsCommandInput = {}) =>
    (await client.send(new ListBackupsCommand(input))).BackupSummaries ?? [];
  const describeBackup = async (BackupArn: string) =>
    (await client.send(new DescribeBackupCommand({ BackupArn }))).BackupDescription;
  const removeBackup = async (BackupArn: string) =>
    (await client.send(new DeleteBackupCommand({ BackupArn }))).BackupDescription;
  return { ...played, ...commands, list, describeBackup, removeBackup };
}

describe('a backup', () => {
  test('is CREATING, then AVAILABLE', async () => {
    const { backUp, list, describeBackup, clock } = await start();
    const backup = await backUp('orders');
    const statuses = async () => [
      (await describeBackup(backup))?.BackupDetails?.BackupStatus,
      ...(await list()).map((summary) => summary.BackupStatus),
    ];
    expect(await statuses()).toEqual(['CREATING', 'CREATING']);
    clock.advance(minute);
    expect(await statuses()).toEqual(['AVAILABLE', 'AVAILABLE']);
  });

  test('cannot be had of a table that is CREATING, in its first seconds, or DELETING', async () => {
    const { createTable, backUp, deleteTable, clock } = await start();
    await createTable('young');
    await expect(backUp('young')).rejects.toMatchObject({ name: 'TableNotFoundException' });
    clock.advance(11_000);
    await expect(backUp('young')).rejects.toMatchObject({ name: 'ContinuousBackupsUnavailableException' });
    clock.advance(minute);
    await deleteTable('young');
    await expect(backUp('young')).rejects.toMatchObject({ name: 'TableInUseException' });
  });

  test('keeps its table from being deleted while it is CREATING', async () => {
    const { backUp, deleteTable, createTable, clock } = await start();
    await createTable('other');
    clock.advance(minute);
    await backUp('orders');
    await expect(deleteTable('orders')).rejects.toMatchObject({ name: 'ResourceInUseException' });
    await deleteTable('other');
    clock.advance(minute);
    await deleteTable('orders');
  });

  test('outlives its table', async () => {
    const { backUp, deleteTable, list, clock } = await start();
    await backUp('orders');
    clock.advance(minute);
    await deleteTable('orders');
    clock.advance(minute);
    expect(await list()).toHaveLength(1);
  });

  test('can be neither deleted nor restored while CREATING; deleted, it is gone', async () => {
    const { backUp, restore, describeBackup, removeBackup, clock } = await start();
    const backup = await backUp('orders');
    await expect(removeBackup(backup)).rejects.toMatchObject({ name: 'BackupInUseException' });
    await expect(restore(backup, 'copy')).rejects.toMatchObject({ name: 'BackupInUseException' });
    clock.advance(minute);
    expect((await removeBackup(backup))?.BackupDetails?.BackupStatus).toBe('DELETED');
    await expect(describeBackup(backup)).rejects.toMatchObject({ name: 'BackupNotFoundException' });
  });
});

test('backups are listed by type, and by time from the lower bound on and before the upper one', async () => {
  const { backUp, list, clock } = await start();
  await backUp('orders', 'first');
  clock.advance(minute);
  const later = clock.now();
  await backUp('orders', 'second');
  await backUp('orders', 'system-made');
  const names = async (input: ListBackupsCommandInput) => (await list(input)).map(({ BackupName }) => BackupName);
  expect(await names({ TimeRangeLowerBound: later })).toEqual(['second']);
  expect(await names({ TimeRangeUpperBound: later })).toEqual(['first']);
  expect(await names({})).toEqual(['first', 'second']);
  expect(await names({ BackupType: 'SYSTEM' })).toEqual(['system-made']);
  expect(await names({ BackupType: 'ALL' })).toEqual(['first', 'second', 'system-made']);
});
