import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { expect, it, onTestFinished } from 'vitest';
import { dynamodbTableBackups } from '../../../shared/adapters/dynamodb-table-backups.ts';
import type { TableSettings } from '../../../shared/contracts/table-settings.ts';
import { clientOf } from '../../support/emulators.ts';
import { startScriptedServer } from '../../support/scripted-server.ts';

const keyArn = 'arn:aws:kms:eu-west-1:111122223333:key/0a1b';

it.each<[what: string, encryption: TableSettings['encryption'], sent: object]>([
  ['names a key of the account', { type: 'KMS', keyArn }, { Enabled: true, SSEType: 'KMS', KMSMasterKeyId: keyArn }],
  ['leaves a key that is not known to the backup', { type: 'KMS' }, {}],
  ['leaves the key that DynamoDB owns to the backup', undefined, {}],
])('a restore %s', async (_, encryption, specification) => {
  const server = await startScriptedServer({ json: { TableDescription: { TableId: 'new', CreationDateTime: 1 } } });
  onTestFinished(server.stop);
  const connect = (own: object) => new DynamoDBClient({ ...clientOf(server.endpoint), ...own });

  await dynamodbTableBackups(connect).restore('backup', 'orders', encryption);

  expect(JSON.parse(server.received[0]?.body ?? '').SSESpecificationOverride ?? {}).toEqual(specification);
});
