import { carriesTags } from '../core/selection.ts';
import type { Tables } from '../ports/tables.ts';

/** Those of the tables that carry every one of the tags. DynamoDB tells tags a table at a time. */
export async function tablesWithTags(
  tables: Tables,
  names: string[],
  wanted: Record<string, string>,
): Promise<string[]> {
  const tagged: string[] = [];
  for (const name of names) {
    const table = await tables.describe(name);
    if (table !== undefined && carriesTags(await tables.tags(table.arn), wanted)) tagged.push(name);
  }
  return tagged;
}
