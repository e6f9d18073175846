import type { Change } from './tables.ts';

/** An error as the service answers it: HTTP 400, its type in the body. */
export interface Refusal {
  type: string;
  message: string;
}

const doing = { CREATING: 'created', UPDATING: 'updated', DELETING: 'deleted', 'BACKED UP': 'backed up' } as const;

/** Every refusal that the layer gives of its own, in the service's words where they are known. */
export const refusals = {
  throttled: (operation: string): Refusal => ({
    type: 'ThrottlingException',
    message: `Rate of requests exceeds the allowed throughput of ${operation}`,
  }),
  tooManyTableOperations: (limit: number): Refusal => ({
    type: 'LimitExceededException',
    message: `Subscriber limit exceeded: Only ${limit} tables can be created, updated, or deleted simultaneously`,
  }),
  tooManyRestores: (limit: number): Refusal => ({
    type: 'LimitExceededException',
    message: `Subscriber limit exceeded: Only ${limit} tables can be restored simultaneously`,
  }),
  resourceNotFound: (table: string): Refusal => ({
    type: 'ResourceNotFoundException',
    message: `Requested resource not found: Table: ${table} not found`,
  }),
  resourceInUse: (table: string, change: Change | 'BACKED UP'): Refusal => ({
    type: 'ResourceInUseException',
    message: `Attempt to change a resource which is still in use: Table is being ${doing[change]}: ${table}`,
  }),
  tableAlreadyExists: (table: string): Refusal => ({
    type: 'TableAlreadyExistsException',
    message: `Table already exists: ${table}`,
  }),
  tableNotFound: (table: string): Refusal => ({
    type: 'TableNotFoundException',
    message: `Table not found: ${table}`,
  }),
  tableInUse: (table: string): Refusal => ({
    type: 'TableInUseException',
    message: `Table is being deleted: ${table}`,
  }),
  backupsBeingEnabled: (table: string): Refusal => ({
    type: 'ContinuousBackupsUnavailableException',
    message: `Backups are being enabled for the table: ${table}. Please retry later`,
  }),
  backupInUse: (arn: string, why: string): Refusal => ({
    type: 'BackupInUseException',
    message: `Backup is ${why}: ${arn}`,
  }),
  pointInTimeUnavailable: (table: string): Refusal => ({
    type: 'PointInTimeRecoveryUnavailableException',
    message: `Point in time recovery is not enabled for table ${table}`,
  }),
  invalidRestoreTime: (table: string): Refusal => ({
    type: 'InvalidRestoreTimeException',
    message: `Restore time is not within the restorable window of table ${table}`,
  }),
  timeToLiveChanging: (): Refusal => ({
    type: 'ValidationException',
    message: 'Time to live has been modified multiple times within a fixed interval',
  }),
} as const;
