/** An object with the version that a conditional write needs. */
export interface StoredObject {
  body: string;
  version: string;
}

/**
 * A bucket, mostly that of the catalog: small JSON objects with conditional writes.
 *
 * Every method may be retried: a write states what it expects, so that a repeated one is refused, not repeated.
 * Throws CATALOG_MISSING or SNAPSHOT_BUCKET_MISSING where there is no such bucket, ACCESS_DENIED, CREDENTIALS_MISSING; THROTTLED or
 * SERVICE_UNAVAILABLE where asking again is right.
 */
export interface ObjectStore {
  /** The object, or undefined where there is none. */
  get(key: string): Promise<StoredObject | undefined>;
  /** Writes a new object and answers its version; undefined where one of that key exists already (`If-None-Match: *`). */
  create(key: string, body: string): Promise<string | undefined>;
  /** Writes over the object of that version and answers the new one; undefined where it is another by now (`If-Match`). */
  replace(key: string, body: string, version: string): Promise<string | undefined>;
  /** Every key that starts with the prefix, in the order of the alphabet. */
  list(prefix: string): Promise<string[]>;
}

/** Opens the bucket of that name. Nothing is sent before the first call. */
export type OpenCatalog = (bucket: string) => ObjectStore;
