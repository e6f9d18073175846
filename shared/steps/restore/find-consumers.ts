import type { Manifest } from '../../contracts/manifest.ts';
import type { ForeignConsumers } from '../../contracts/restore-plan.ts';
import { consumersOf } from '../../core/foreign-consumers.ts';
import { hasCode } from '../../errors/tandem-error.ts';
import type { StreamReferences } from '../../ports/stream-references.ts';
import type { TableDescription } from '../../ports/tables.ts';

/**
 * What names a stream of the tables and is not Tandem's to change. Nobody is kept from a restore by not being allowed to
 * look, or by an endpoint that does not offer it: that is told instead.
 */
export async function findConsumers(
  { tables: records }: Manifest,
  names: string[],
  present: TableDescription[],
  references: StreamReferences,
): Promise<ForeignConsumers> {
  const streaming = new Set([
    ...records.filter(({ name, settings }) => names.includes(name) && settings.stream !== undefined),
    ...present.filter(({ stream }) => stream !== undefined),
  ]);
  const prefixes = new Set([...streaming].map(({ name, arn }) => arn.slice(0, arn.length - name.length)));
  const notLookedFor = new Set<string>();
  const look = async <T>(reading: Promise<T[]>): Promise<T[]> => {
    try {
      return await reading;
    } catch (error) {
      if (!hasCode(error, 'SERVICE_NOT_OFFERED', 'ACCESS_DENIED')) throw error;
      notLookedFor.add(error.message);
      return [];
    }
  };
  const pipes = await Promise.all([...prefixes].map((prefix) => look(references.pipes(prefix))));
  const exports = await Promise.all([...prefixes].map((prefix) => look(references.exports(prefix))));
  const tables = new Set([...streaming].map(({ name }) => name));
  return { found: consumersOf(tables, pipes.flat(), exports.flat()), notLookedFor: [...notLookedFor] };
}
