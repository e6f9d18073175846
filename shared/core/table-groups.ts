/** Tables that seem to belong together: they share the beginning of their names. */
export interface TableGroup {
  /** Matches these tables and no others of the account. */
  glob: string;
  tables: string[];
}

/** Tables that carry the same tag. */
export interface TagGroup {
  key: string;
  value: string;
  tables: string[];
}

/**
 * Proposes how tables belong together by name: a glob for every beginning up to `-`, `_` or `.` that at least two of
 * them share, where no longer one is shared by the same tables; `*` where nothing shorter holds them all; and each table
 * that is in no group but `*` by its own name. In the order of the alphabet, so that a group comes before those in it.
 */
export function groupByPrefix(names: string[]): TableGroup[] {
  const begun = [...names].sort().flatMap((name) => prefixesOf(name).map((prefix) => ({ prefix, name })));
  const shared = [...Map.groupBy(begun, ({ prefix }) => prefix)]
    .map(([prefix, tables]) => ({ prefix, tables: tables.map(({ name }) => name) }))
    .filter(({ tables }) => tables.length > 1);
  const groups = shared
    .filter((group) => !shared.some((other) => isLonger(other.prefix, group.prefix) && sameTables(other, group)))
    .map(({ prefix, tables }) => ({ glob: `${prefix}*`, tables }));
  const grouped = new Set(groups.flatMap(({ glob, tables }) => (glob === '*' ? [] : tables)));
  const single = names.filter((name) => !grouped.has(name)).map((name) => ({ glob: name, tables: [name] }));
  return [...groups, ...single].sort((one, other) => (one.glob < other.glob ? -1 : 1));
}

/** Every beginning of a name that ends at a separator, the empty one among them. */
function prefixesOf(name: string): string[] {
  return ['', ...[...name.matchAll(/[-_.]/g)].map(({ index }) => name.slice(0, index + 1))];
}

function isLonger(prefix: string, than: string): boolean {
  return prefix.length > than.length && prefix.startsWith(than);
}

/** Of two of which one holds the tables of the other. */
function sameTables(one: { tables: string[] }, other: { tables: string[] }): boolean {
  return one.tables.length === other.tables.length;
}

/** The one group that holds every table, where the tables of the account belong together. */
export function onlyGroup(groups: TableGroup[], names: string[]): TableGroup | undefined {
  return groups.find(({ glob, tables }) => glob !== '*' && tables.length === names.length);
}

/**
 * Proposes how tables belong together by tags: every tag with a value that at least two of them carry, that of the most
 * tables first. Not those that begin with `aws:`: only AWS can set them, so that a restored table has them no more.
 */
export function groupByTags(tables: { name: string; tags: Record<string, string> }[]): TagGroup[] {
  const carried = tables.flatMap(({ name, tags }) =>
    Object.entries(tags).map(([key, value]) => ({ name, key, value, tag: JSON.stringify([key, value]) })),
  );
  const offered = carried.filter(({ key }) => !key.startsWith('aws:'));
  return [...Map.groupBy(offered, ({ tag }) => tag).values()]
    .flatMap((same) => (same[0] === undefined ? [] : { ...same[0], tables: same.map(({ name }) => name) }))
    .filter((group) => group.tables.length > 1)
    .sort((one, other) => other.tables.length - one.tables.length || (one.tag < other.tag ? -1 : 1))
    .map(({ key, value, tables: carriers }) => ({ key, value, tables: carriers }));
}
