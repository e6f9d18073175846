import {
  CreateBackupCommand,
  DescribeBackupCommand,
  type DynamoDBClient,
  ListBackupsCommand,
  RestoreTableFromBackupCommand,
  RestoreTableToPointInTimeCommand,
  type SSESpecification,
} from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { TableSettings } from '../contracts/table-settings.ts';
import type { TableBackup, TableBackups } from '../ports/table-backups.ts';
import { ask, askOnce, undefinedOn, understand } from './aws-call.ts';
import { encryptionRequest } from './table-changes.ts';
import { newTableSchema } from './table-description.ts';

const refusalsOfCreate = {
  TableNotFoundException: 'TABLE_NOT_FOUND',
  TableInUseException: 'NOT_READY',
  ContinuousBackupsUnavailableException: 'NOT_READY',
  BackupInUseException: 'NOT_READY',
  LimitExceededException: 'NOT_READY',
} as const;

const refusalsOfRestore = {
  TableAlreadyExistsException: 'TABLE_EXISTS',
  TableInUseException: 'TABLE_EXISTS',
  BackupNotFoundException: 'BACKUP_NOT_FOUND',
  BackupInUseException: 'NOT_READY',
  LimitExceededException: 'NOT_READY',
} as const;

const refusalsOfRestoreInTime = {
  TableAlreadyExistsException: 'TABLE_EXISTS',
  TableInUseException: 'TABLE_EXISTS',
  TableNotFoundException: 'TABLE_NOT_FOUND',
  PointInTimeRecoveryUnavailableException: 'POINT_IN_TIME_OUT_OF_REACH',
  InvalidRestoreTimeException: 'POINT_IN_TIME_OUT_OF_REACH',
  LimitExceededException: 'NOT_READY',
} as const;

const backupSchema = z
  .object({
    BackupArn: z.string(),
    BackupName: z.string(),
    BackupStatus: z.enum(['CREATING', 'AVAILABLE', 'DELETED']),
    BackupCreationDateTime: z.date(),
    BackupSizeBytes: z.number().default(0),
    TableName: z.string().optional(),
    TableId: z.string().optional(),
  })
  .transform(
    (backup): TableBackup => ({
      arn: backup.BackupArn,
      name: backup.BackupName,
      table: backup.TableName ?? tableOf(backup.BackupArn),
      tableId: backup.TableId,
      status: backup.BackupStatus,
      createdAt: backup.BackupCreationDateTime,
      bytes: backup.BackupSizeBytes,
    }),
  );

const describedSchema = z.object({
  BackupDetails: z.looseObject({}),
  SourceTableDetails: z.object({
    TableName: z.string(),
    TableId: z.string().optional(),
    ItemCount: z.number().default(0),
  }),
});

/** `arn:aws:dynamodb:<region>:<account>:table/<table>/backup/<id>` */
function tableOf(backupArn: string): string {
  return backupArn.split('/')[1] ?? backupArn;
}

/** A key that is the account's own has to be named; of the others a restore keeps the one of the backup. */
function keySpecification(encryption: TableSettings['encryption']): SSESpecification | undefined {
  if (encryption?.type !== 'KMS' || encryption.keyArn === undefined) return undefined;
  return encryptionRequest(encryption);
}

/**
 * The on-demand backups of an account and region of DynamoDB.
 *
 * @param connect makes a client with these options besides the usual ones; one that never tries again is needed for the
 * calls that make something, since DynamoDB has no client token for them
 */
export function dynamodbTableBackups(connect: (options: { maxAttempts?: number }) => DynamoDBClient): TableBackups {
  const client = connect({});
  const clientForOnce = connect({ maxAttempts: 1 });

  return {
    async create(table, backupName) {
      const what = `CreateBackup ${backupName} of table ${table}`;
      const command = new CreateBackupCommand({ TableName: table, BackupName: backupName });
      const answer = await askOnce(clientForOnce, what, () => clientForOnce.send(command), refusalsOfCreate);
      return understand(backupSchema, answer.BackupDetails, what);
    },

    async *list({ since, table }) {
      let last: string | undefined;
      do {
        const command = new ListBackupsCommand({
          TableName: table,
          TimeRangeLowerBound: since,
          BackupType: 'USER',
          Limit: 100,
          ExclusiveStartBackupArn: last,
        });
        const page = await ask(client, 'ListBackups', () => client.send(command));
        const backups = understand(z.array(backupSchema).default([]), page.BackupSummaries, 'ListBackups');
        // MiniStack and moto do not look at the lower bound.
        yield backups.filter((backup) => backup.createdAt >= since);
        last = page.LastEvaluatedBackupArn;
      } while (last !== undefined);
    },

    async describe(arn) {
      const what = `DescribeBackup ${arn}`;
      const command = new DescribeBackupCommand({ BackupArn: arn });
      const call = () => client.send(command).catch(undefinedOn('BackupNotFoundException'));
      const answer = await ask(client, what, call);
      if (answer === undefined) return undefined;
      const { BackupDetails, SourceTableDetails } = understand(describedSchema, answer.BackupDescription, what);
      const backup = understand(backupSchema, { ...BackupDetails, ...SourceTableDetails }, what);
      return { ...backup, items: SourceTableDetails.ItemCount };
    },

    async restore(backupArn, table, encryption) {
      const what = `RestoreTableFromBackup ${backupArn} as table ${table}`;
      const command = new RestoreTableFromBackupCommand({
        BackupArn: backupArn,
        TargetTableName: table,
        SSESpecificationOverride: keySpecification(encryption),
      });
      const answer = await askOnce(clientForOnce, what, () => clientForOnce.send(command), refusalsOfRestore);
      return understand(newTableSchema, answer.TableDescription, what);
    },

    async restoreToPointInTime(source, moment, table, encryption) {
      const what = `RestoreTableToPointInTime ${moment.toISOString()} of table ${source} as table ${table}`;
      const command = new RestoreTableToPointInTimeCommand({
        SourceTableName: source,
        RestoreDateTime: moment,
        TargetTableName: table,
        SSESpecificationOverride: keySpecification(encryption),
      });
      const answer = await askOnce(clientForOnce, what, () => clientForOnce.send(command), refusalsOfRestoreInTime);
      return understand(newTableSchema, answer.TableDescription, what);
    },
  };
}
