import { DescribeTableCommand, DynamoDBClient, ListBackupsCommand } from '@aws-sdk/client-dynamodb';
import { inject } from 'vitest';
import type { ObjectStore } from '../../shared/ports/object-store.ts';
import { clientOf } from './emulators.ts';
import { dynamodb, search } from './shop.ts';

/** The emulator behind the layer that keeps to DynamoDB's call rates: tests that run together list more often than those allow. */
const emulated = new DynamoDBClient(clientOf(inject('miniStack')));

/**
 * All that a run could make or change: two footprints that are equal have nothing between them.
 *
 * @param plan its name is that of its snapshot repository
 */
export async function footprint(plan: string, tables: string[], catalog: ObjectStore): Promise<object> {
  const columns = (...names: string[]) => `?format=json&expand_wildcards=all&h=${names.join(',')}&s=${names[0]}`;
  const described = tables.map((TableName) => dynamodb.send(new DescribeTableCommand({ TableName })));
  return {
    tables: (await Promise.all(described)).map(({ Table }) => Table),
    backups: (await emulated.send(new ListBackupsCommand({ BackupType: 'ALL' }))).BackupSummaries,
    indices: await search('GET', `/_cat/indices${columns('index', 'uuid', 'status', 'docs.count')}`),
    aliases: await search('GET', `/_cat/aliases${columns('alias', 'index')}`),
    repositories: await search('GET', '/_snapshot'),
    snapshots: await search('GET', `/_snapshot/${plan}/_all`),
    recoveryPoints: await catalog.list('recovery-points/'),
  };
}
