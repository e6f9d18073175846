import { carriesTags } from '../core/selection.ts';
import { hasCode } from '../errors/tandem-error.ts';
import type { Tables } from '../ports/tables.ts';

/** Those of the tables that carry every one of the tags. DynamoDB tells tags a table at a time. */
export async function tablesWithTags(
  tables: Pick<Tables, 'describe' | 'tags'>,
  names: string[],
  wanted: Record<string, string>,
): Promise<string[]> {
  const tagged: string[] = [];
  for (const name of names) {
    if (carriesTags(await tagsOfTable(tables, name), wanted)) tagged.push(name);
  }
  return tagged;
}

/** The tags of a table. Any table of the account may be made or deleted at this moment, and has no tags to tell then. */
export async function tagsOfTable(
  tables: Pick<Tables, 'describe' | 'tags'>,
  name: string,
): Promise<Record<string, string>> {
  try {
    const table = await tables.describe(name);
    if (table === undefined) return {};
    return await tables.tags(table.arn);
  } catch (error) {
    if (hasCode(error, 'TABLE_NOT_FOUND')) return {};
    throw error;
  }
}
