import * as z from 'zod';

/*
 * The answers of the search server, as far as Tandem reads them. OpenSearch 3.8 and Elasticsearch 7.10 give the same.
 * Where a `filter_path` leaves nothing over, the server answers `{}`: hence the defaults.
 */

/** What the server tells of each index, by name. A map, since an index may well be called `constructor`. */
export const byIndex = <S extends z.ZodType>(schema: S) =>
  z.record(z.string(), schema).transform((answer) => new Map(Object.entries(answer)));

export const acknowledgedSchema = z.object({ acknowledged: z.boolean() });

export const acceptedSchema = z.object({ accepted: z.literal(true) });

export const shardsAnsweredSchema = z.object({ _shards: z.object({ total: z.number(), failed: z.number() }) });
