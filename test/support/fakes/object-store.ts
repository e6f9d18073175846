import { createHash } from 'node:crypto';
import { TandemError } from '../../../shared/errors/tandem-error.ts';
import type { ObjectStore, StoredObject } from '../../../shared/ports/object-store.ts';
import { Faults } from './faults.ts';

/** Buckets in memory, with S3's conditional writes. */
export class FakeBuckets {
  readonly faults = new Faults<`objects.${keyof ObjectStore}`>();
  readonly #buckets = new Map<string, Map<string, StoredObject>>();

  constructor(...names: string[]) {
    this.add(...names);
  }

  /** All that there is, for `load`. */
  saved() {
    return this.#buckets;
  }

  /** Has what others had when they were saved. */
  load(saved: ReturnType<FakeBuckets['saved']>): void {
    for (const [name, objects] of saved) this.#buckets.set(name, objects);
  }

  add(...names: string[]): void {
    for (const name of names) this.#buckets.set(name, new Map());
  }

  /** Opens a bucket, which need not exist. */
  open(bucket: string): ObjectStore {
    const objects = (): Map<string, StoredObject> => {
      const found = this.#buckets.get(bucket);
      if (found === undefined) throw new TandemError('CATALOG_MISSING', `There is no bucket ${bucket}.`);
      return found;
    };
    const put = (key: string, body: string): string => {
      // As S3's entity tags: of the content, so that the same content has the same version.
      const version = `"${createHash('md5').update(body).digest('hex')}"`;
      objects().set(key, { body, version });
      return version;
    };
    return {
      get: async (key) => this.faults.run('objects.get', key, () => objects().get(key)),
      create: async (key, body) =>
        this.faults.run('objects.create', key, () => (objects().has(key) ? undefined : put(key, body))),
      replace: async (key, body, version) =>
        this.faults.run('objects.replace', key, () =>
          objects().get(key)?.version === version ? put(key, body) : undefined,
        ),
      list: async (prefix) =>
        this.faults.run('objects.list', prefix, () =>
          [...objects().keys()].filter((key) => key.startsWith(prefix)).sort(),
        ),
    };
  }

  remove(bucket: string): void {
    this.#buckets.delete(bucket);
  }

  /** Writes over an object behind Tandem's back, or deletes it where there is no body. */
  tamper(bucket: string, key: string, body: string | undefined): void {
    const objects = this.#buckets.get(bucket);
    if (body === undefined) objects?.delete(key);
    else objects?.set(key, { body, version: '"tampered"' });
  }
}
