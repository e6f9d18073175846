import { isEnabled } from '../../core/triggers.ts';
import type { LiveMapping, PausedFunction } from '../../core/writers.ts';
import type { ReservedConcurrency } from '../../ports/reserved-concurrency.ts';
import type { StreamConsumers } from '../../ports/stream-consumers.ts';
import type { Tables } from '../../ports/tables.ts';

export interface WriterPorts {
  tables: Pick<Tables, 'describe'>;
  streamConsumers: Pick<StreamConsumers, 'list' | 'setEnabled'>;
  reservedConcurrency: ReservedConcurrency;
}

/** The event source mappings on the streams that tables have now. */
export async function mappingsOn(
  names: string[],
  { tables, streamConsumers }: Pick<WriterPorts, 'tables'> & { streamConsumers: Pick<StreamConsumers, 'list'> },
): Promise<LiveMapping[]> {
  const found = await Promise.all(
    names.map(async (table) => {
      const stream = (await tables.describe(table))?.stream;
      const mappings = stream === undefined ? [] : await mappingsOfStream(stream.arn, streamConsumers);
      return mappings.map(({ uuid, functionArn, streamArn, state }) => {
        return { table, uuid, functionArn, streamArn, enabled: isEnabled({ state }) };
      });
    }),
  );
  return found.flat();
}

/** Those of a stream that are not being deleted. */
export async function mappingsOfStream(streamArn: string, consumers: Pick<StreamConsumers, 'list'>) {
  return (await consumers.list(streamArn)).filter(({ state }) => state !== 'Deleting');
}

/** What is reserved for functions. @throws TandemError WRITER_NOT_FOUND */
export function reservedFor(
  names: string[],
  { reservedConcurrency }: Pick<WriterPorts, 'reservedConcurrency'>,
): Promise<PausedFunction[]> {
  return Promise.all(names.map(async (name) => ({ name, reserved: (await reservedConcurrency.get(name)) ?? null })));
}
