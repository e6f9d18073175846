import * as z from 'zod';
import {
  type Absences,
  type Manifest,
  manifestSchema,
  type SearchRecord,
  type TableRecord,
  type Window,
} from '../contracts/manifest.ts';
import { TandemError } from '../errors/tandem-error.ts';
import { canonicalJson, hashOf } from './hash.ts';

type Unsealed = Omit<Manifest, 'hash'>;

/**
 * Makes the manifest final: adds the hash of all the rest. Nothing is sealed that could not be read again.
 *
 * @throws z.ZodError for what no manifest may hold
 */
export function sealManifest(manifest: Unsealed): Manifest {
  const sealed = { ...manifest, hash: hashOf(manifest) };
  // As it is, not as the schema gives it back: that drops the odd key, such as `__proto__`.
  manifestSchema.parse(sealed);
  return sealed;
}

/** The text under which a sealed manifest is kept: its keys are in order, so that one byte of difference shows. */
export function manifestText(manifest: Manifest): string {
  return canonicalJson(manifest);
}

/** What the hash covers is all there is, not what the schema leaves of it: schemas drop the odd key, such as `__proto__`. */
const sealedSchema = z.looseObject({ hash: z.string() });

/**
 * Reads the text of a manifest.
 *
 * @throws TandemError RECOVERY_POINT_CHANGED where a byte of it differs from what was written, by its own hash
 */
export function readManifest(text: string, recoveryPoint: string): Manifest {
  const changed = (how: string, cause?: unknown) =>
    new TandemError('RECOVERY_POINT_CHANGED', `The manifest of ${recoveryPoint} ${how}.`, { cause });
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (cause) {
    throw changed('is not JSON any more', cause);
  }
  const sealed = sealedSchema.safeParse(content);
  if (!sealed.success) throw changed('has no hash any more', sealed.error);
  const { hash, ...rest } = sealed.data;
  if (canonicalJson(content) !== text || hashOf(rest) !== hash) throw changed('does not match its hash');
  const parsed = manifestSchema.safeParse(content);
  if (!parsed.success) throw changed('is not one that this version of Tandem reads', parsed.error);
  return parsed.data;
}

/** What did not exist when a safety point was taken; of any other recovery point nothing is known to have been absent. */
export function absentIn({ absent }: Pick<Manifest, 'absent'>): Absences {
  return absent ?? { tables: [], indices: [] };
}

/** From the first to the last moment at which DynamoDB says that it made one of the backups. */
export function tablesWindow(tables: Pick<TableRecord, 'backupCreatedAt'>[]): Window | null {
  const moments = tables.map((table) => table.backupCreatedAt).sort();
  const [from, to] = [moments[0], moments.at(-1)];
  return from === undefined || to === undefined ? null : { from, to };
}

/** From the moment at which the domain says that the snapshot began to that of its end. */
export function searchWindow(search: SearchRecord | null): Window | null {
  return search === null ? null : { from: search.snapshot.startedAt, to: search.snapshot.completedAt };
}

/**
 * The longest time, in seconds, between a moment that DynamoDB reports and one that the domain reports. The states
 * themselves may lie further apart, by the minute that AWS leaves a table backup.
 */
export function skewSeconds(tables: Window | null, search: Window | null): number {
  if (tables === null || search === null) return 0;
  const apart = (a: string, b: string) => (Date.parse(a) - Date.parse(b)) / 1000;
  return Math.max(apart(tables.to, search.from), apart(search.to, tables.from), 0);
}
