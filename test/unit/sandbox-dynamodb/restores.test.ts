import { DeleteBackupCommand, RestoreTableToPointInTimeCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import { commandsOf } from '../../support/sandbox-dynamodb/commands.ts';
import { startPlayedDynamoDb } from '../../support/sandbox-dynamodb/played-dynamodb.ts';

const minute = 60_000;
const hour = 3_600_000;

/** With backups of a table `orders`, all of them AVAILABLE. */
async function start({ backups } = { backups: 1 }) {
  const played = await startPlayedDynamoDb();
  const commands = commandsOf(played.client);
  await commands.createTable('orders');
  played.clock.advance(minute);
  const firstBackupAt = played.clock.now();
  const arns: string[] = [];
  for (let made = 0; made < backups; made += 1) {
    arns.push(await commands.backUp('orders'));
    played.clock.advance(minute);
  }
  const [backup = ''] = arns;
  return { ...played, ...commands, backup, arns, firstBackupAt };
}

describe('a restored table', () => {
  test('is CREATING with its RestoreSummary, which the first ACTIVE answer has not any more', async () => {
    const { backup, firstBackupAt, restore, describeTable, clock } = await start();
    const summary = {
      SourceBackupArn: backup,
      SourceTableArn: 'arn:aws:dynamodb:us-east-1:000000000000:table/orders',
      RestoreInProgress: true,
    };
    const started = (await restore(backup, 'copy')).TableDescription;
    expect(started).toMatchObject({ TableStatus: 'CREATING', RestoreSummary: summary });
    clock.advance(minute);
    const underWay = await describeTable('copy');
    expect(underWay).toMatchObject({ TableStatus: 'CREATING', RestoreSummary: summary });
    expect(underWay?.RestoreSummary?.RestoreDateTime).toEqual(firstBackupAt);
    clock.advance(hour);
    const done = await describeTable('copy');
    expect(done?.TableStatus).toBe('ACTIVE');
    expect(done).not.toHaveProperty('RestoreSummary');
  });

  test('can be neither deleted nor written while CREATING, nor backed up in its first seconds', async () => {
    const { backup, restore, deleteTable, putItem, backUp, clock } = await start();
    await restore(backup, 'copy');
    await expect(deleteTable('copy')).rejects.toMatchObject({ name: 'ResourceInUseException' });
    await expect(putItem('copy')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    clock.advance(181_000);
    await putItem('copy');
    await expect(backUp('copy')).rejects.toMatchObject({ name: 'ContinuousBackupsUnavailableException' });
  });
});

test('a name that exists is refused, CREATING, ACTIVE or DELETING, and free when the table is gone', async () => {
  const { arns, restore, deleteTable, clock } = await start({ backups: 2 });
  const [backup = '', other = ''] = arns;
  await expect(restore(backup, 'orders')).rejects.toMatchObject({ name: 'TableAlreadyExistsException' });
  await deleteTable('orders');
  await expect(restore(backup, 'orders')).rejects.toMatchObject({ name: 'TableAlreadyExistsException' });
  clock.advance(minute);
  await restore(backup, 'orders');
  await expect(restore(other, 'orders')).rejects.toMatchObject({ name: 'TableAlreadyExistsException' });
});

test('a backup feeds one restore at a time and cannot be deleted meanwhile', async () => {
  const { backup, restore, client, clock } = await start();
  const removeBackup = () => client.send(new DeleteBackupCommand({ BackupArn: backup }));
  await restore(backup, 'copy');
  await expect(restore(backup, 'second-copy')).rejects.toMatchObject({ name: 'BackupInUseException' });
  await expect(removeBackup()).rejects.toMatchObject({ name: 'BackupInUseException' });
  clock.advance(hour);
  await restore(backup, 'second-copy');
  clock.advance(hour);
  await removeBackup();
});

test('a backup feeds one restore only where two are asked for at the same moment', async () => {
  const { backup, restore } = await start();
  const outcomes = await Promise.allSettled([restore(backup, 'copy'), restore(backup, 'second-copy')]);
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});

test('no more than 50 restores run at a time', async () => {
  const { arns, restore, clock } = await start({ backups: 51 });
  for (const [index, backup] of arns.slice(0, 50).entries()) {
    await restore(backup, `copy-${index}`);
    clock.advance(1_000);
  }
  const [last = ''] = arns.slice(50);
  await expect(restore(last, 'one-more')).rejects.toMatchObject({ name: 'LimitExceededException' });
  clock.advance(hour);
  await restore(last, 'one-more');
});

test('a restore that the emulator refuses counts for nothing', async () => {
  const { backup, restore, createTable, describeTable } = await start();
  await expect(restore(`${backup}-gone`, 'copy')).rejects.toMatchObject({ name: 'BackupNotFoundException' });
  await createTable('copy');
  expect(await describeTable('copy')).not.toHaveProperty('RestoreSummary');
});

test('a restore to a point in time goes the same way, from a table that is not CREATING itself', async () => {
  const { client, createTable, describeTable, deleteTable, clock } = await start();
  const source = 'arn:aws:dynamodb:us-east-1:000000000000:table/orders';
  const restoreFrom = (SourceTableArn: string) =>
    client.send(
      new RestoreTableToPointInTimeCommand({ SourceTableArn, TargetTableName: 'copy', UseLatestRestorableTime: true }),
    );
  await createTable('copy');
  clock.advance(minute);
  await deleteTable('copy');
  await expect(restoreFrom(source)).rejects.toMatchObject({ name: 'TableAlreadyExistsException' });
  clock.advance(minute);
  await createTable('young');
  await expect(restoreFrom('young')).rejects.toMatchObject({ name: 'TableNotFoundException' });
  await restoreFrom(source);
  expect(await describeTable('copy')).toMatchObject({
    TableStatus: 'CREATING',
    RestoreSummary: { SourceTableArn: source, RestoreInProgress: true },
  });
});
