import type { SSESpecification, UpdateTableCommandInput } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { TableSettings } from '../contracts/table-settings.ts';
import type { CapacityChange } from '../ports/tables.ts';

/** What UpdateTable is asked, as DynamoDB spells it. */

export const tableClassSchema = z.enum(['STANDARD', 'STANDARD_INFREQUENT_ACCESS']);

/** A key that is the account's own has to be named; without one it is that of AWS for DynamoDB. */
export function encryptionRequest({ keyArn }: NonNullable<TableSettings['encryption']>): SSESpecification {
  return { Enabled: true, SSEType: 'KMS', ...(keyArn !== undefined && { KMSMasterKeyId: keyArn }) };
}

export function capacityRequest({ billingMode, indexes, ...table }: CapacityChange) {
  return {
    ...(billingMode && { BillingMode: billingMode }),
    ...unitsOf(table),
    ...(indexes.length > 0 && {
      GlobalSecondaryIndexUpdates: indexes.map(({ name, ...index }) => ({
        Update: { IndexName: name, ...unitsOf(index) },
      })),
    }),
  } satisfies Omit<UpdateTableCommandInput, 'TableName'>;
}

/** -1 takes a maximum off. */
function unitsOf({ throughput, onDemandMaximum, warmThroughput }: Omit<CapacityChange, 'indexes' | 'billingMode'>) {
  return {
    ...(throughput && {
      ProvisionedThroughput: { ReadCapacityUnits: throughput.readUnits, WriteCapacityUnits: throughput.writeUnits },
    }),
    ...(onDemandMaximum && {
      OnDemandThroughput: {
        MaxReadRequestUnits: onDemandMaximum.readUnits ?? -1,
        MaxWriteRequestUnits: onDemandMaximum.writeUnits ?? -1,
      },
    }),
    ...(warmThroughput && {
      WarmThroughput: {
        ReadUnitsPerSecond: warmThroughput.readUnits,
        WriteUnitsPerSecond: warmThroughput.writeUnits,
      },
    }),
  };
}
