/** A value of an attribute, as DynamoDB writes it. */
export type AttributeValue =
  | { S: string }
  | { N: string }
  | { B: Uint8Array }
  | { SS: string[] }
  | { NS: string[] }
  | { BS: Uint8Array[] }
  | { M: Record<string, AttributeValue> }
  | { L: AttributeValue[] }
  | { NULL: boolean }
  | { BOOL: boolean };

/** An item, or its key alone, by attribute. */
export type Item = Record<string, AttributeValue>;

/** A part of a table, of so many that are scanned side by side. */
export interface Segment {
  number: number;
  of: number;
}

export interface ScanOptions {
  segment: Segment;
  /** Where the page before this one ended; undefined for the first. */
  after: string | undefined;
  /** Only these attributes of each item; all where undefined. */
  attributes?: string[] | undefined;
}

/** A page of a scan. */
export interface ItemPage {
  items: Item[];
  /** Where the next page begins, as a text for the ledger; undefined after the last. */
  next: string | undefined;
}

/** What is to become of one item. */
export type ItemChange = { put: Item } | { delete: Item };

/**
 * The items of DynamoDB tables. All reads are strongly consistent.
 *
 * Every method may be retried: a write states the wanted end. All throw TABLE_NOT_FOUND, ACCESS_DENIED,
 * CREDENTIALS_MISSING, PROVIDER_FAILURE, and THROTTLED or SERVICE_UNAVAILABLE where asking again is right.
 */
export interface TableItems {
  /** One page, of at most 1 MB, of a segment of a table. */
  scan(table: string, options: ScanOptions): Promise<ItemPage>;
  /** How many items a segment holds, page by page. It reads all of them, and costs as much as a scan does. */
  count(table: string, options: Omit<ScanOptions, 'attributes'>): Promise<{ items: number; next: string | undefined }>;
  /** Those of the items that exist, in no order, whole or with these attributes alone. */
  get(table: string, keys: Item[], attributes?: string[]): Promise<Item[]>;
  /** Puts and deletes items, each key once at most. @returns the write units that it took */
  write(table: string, changes: ItemChange[]): Promise<number>;
}
