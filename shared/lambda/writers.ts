import type { WriterPorts } from '../steps/restore/live-writers.ts';
import { composeReservedConcurrency, composeStreamConsumers } from './capture.ts';
import { composeTables } from './dynamodb.ts';

/** All that it takes to pause writers and to put them back. */
export function composeWriters(): WriterPorts {
  return {
    tables: composeTables(),
    streamConsumers: composeStreamConsumers(),
    reservedConcurrency: composeReservedConcurrency(),
  };
}
