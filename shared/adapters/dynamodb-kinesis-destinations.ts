import {
  DescribeKinesisStreamingDestinationCommand,
  type DynamoDBClient,
  EnableKinesisStreamingDestinationCommand,
} from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { KinesisDestinations } from '../ports/kinesis-destinations.ts';
import { ask, understand } from './aws-call.ts';

const precisionSchema = z.enum(['MICROSECOND', 'MILLISECOND']).optional();
const destinationSchema = z.object({
  StreamArn: z.string(),
  DestinationStatus: z.string(),
  ApproximateCreationDateTimePrecision: precisionSchema,
});

const on = ['ACTIVE', 'ENABLING', 'UPDATING'];
const missing = { ResourceNotFoundException: 'TABLE_NOT_FOUND' } as const;
const refusals = { ResourceInUseException: 'NOT_READY', LimitExceededException: 'NOT_READY' } as const;

/** Where the tables of an account and region send their changes. */
export function dynamodbKinesisDestinations(client: DynamoDBClient): KinesisDestinations {
  return {
    async list(table) {
      const what = `DescribeKinesisStreamingDestination of table ${table}`;
      const command = new DescribeKinesisStreamingDestinationCommand({ TableName: table });
      const answer = await ask(client, what, () => client.send(command), missing);
      return understand(z.array(destinationSchema), answer.KinesisDataStreamDestinations ?? [], what)
        .filter((destination) => on.includes(destination.DestinationStatus))
        .map(({ StreamArn: streamArn, ApproximateCreationDateTimePrecision: precision }) => ({
          streamArn,
          ...(precision !== undefined && { precision }),
        }));
    },

    async enable(table, { streamArn, precision }) {
      const command = new EnableKinesisStreamingDestinationCommand({
        TableName: table,
        StreamArn: streamArn,
        EnableKinesisStreamingConfiguration: {
          ApproximateCreationDateTimePrecision: understand(precisionSchema, precision, 'The precision of the times'),
        },
      });
      const what = `EnableKinesisStreamingDestination ${streamArn} of table ${table}`;
      await ask(client, what, () => client.send(command), refusals);
    },
  };
}
