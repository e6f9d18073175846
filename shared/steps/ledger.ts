import * as z from 'zod';
import {
  type BackupRun,
  backupRunSchema,
  type CapturedTables,
  capturedTablesSchema,
  type IndexSnapshot,
  indexSnapshotSchema,
  type TableBackups,
  tableBackupsSchema,
} from '../contracts/ledger/backup-run.ts';
import {
  type ChangedSettings,
  changedSettingsSchema,
  type PausedWriters,
  pausedWritersSchema,
} from '../contracts/ledger/changed-meanwhile.ts';
import { type ItemReadings, itemReadingsSchema } from '../contracts/ledger/item-readings.ts';
import { type RefillSegment, type Refills, refillSegmentSchema, refillsSchema } from '../contracts/ledger/refills.ts';
import { type RestoreRun, restoreRunSchema } from '../contracts/ledger/restore-run.ts';
import {
  type IndexRestore,
  indexRestoreSchema,
  type TableRestores,
  tableRestoresSchema,
} from '../contracts/ledger/restores.ts';
import { type SentAlert, sentAlertSchema } from '../contracts/ledger/sent-alert.ts';
import { type Verification, verificationSchema } from '../contracts/ledger/verification.ts';
import { type Refusal, refusalSchema } from '../contracts/refusal.ts';
import { type RestoreSource, restoreSourceSchema } from '../contracts/restore-source.ts';
import { TandemError } from '../errors/tandem-error.ts';
import type { ObjectStore } from '../ports/object-store.ts';

/** One object of a run's ledger. Each part has one writer at a time. */
export interface LedgerPart<T> {
  name: string;
  schema: z.ZodType<T>;
}

export const backupRunPart: LedgerPart<BackupRun> = { name: 'backup-run', schema: backupRunSchema };
export const tableBackupsPart: LedgerPart<TableBackups> = {
  name: 'table-backups',
  schema: tableBackupsSchema,
};
export const capturedTablesPart: LedgerPart<CapturedTables> = {
  name: 'captured-tables',
  schema: capturedTablesSchema,
};
export const indexSnapshotPart: LedgerPart<IndexSnapshot> = {
  name: 'index-snapshot',
  schema: indexSnapshotSchema,
};
export const restoreRunPart: LedgerPart<RestoreRun> = {
  name: 'restore-run',
  schema: restoreRunSchema,
};
/** What a restore of anything but a recovery point restores from, as it was found. */
export const sourcePart: LedgerPart<RestoreSource> = { name: 'source', schema: restoreSourceSchema };
export const pausedWritersPart: LedgerPart<PausedWriters> = {
  name: 'paused-writers',
  schema: pausedWritersSchema,
};
export const tableRestoresPart: LedgerPart<TableRestores> = {
  name: 'table-restores',
  schema: tableRestoresSchema,
};
export const indexRestorePart: LedgerPart<IndexRestore> = {
  name: 'index-restore',
  schema: indexRestoreSchema,
};
/** One part a segment: each has a worker of its own. */
export function refillSegmentPart(table: string, segment: number): LedgerPart<RefillSegment> {
  return { name: `refills/${table}/${segment}`, schema: refillSegmentSchema };
}
export const refillsPart: LedgerPart<Refills> = { name: 'refills', schema: refillsSchema };
export const itemReadingsPart: LedgerPart<ItemReadings> = {
  name: 'item-readings',
  schema: itemReadingsSchema,
};
export const changedSettingsPart: LedgerPart<ChangedSettings> = {
  name: 'changed-settings',
  schema: changedSettingsSchema,
};
export const verificationPart: LedgerPart<Verification> = {
  name: 'verification',
  schema: verificationSchema,
};
/** What the last execution of a restore was refused for: the failure itself has no room for all of it. */
export const refusalPart: LedgerPart<Refusal> = { name: 'refusal', schema: refusalSchema };
export const alertPart: LedgerPart<SentAlert> = { name: 'alert', schema: sentAlertSchema };

/** A part as it was read; its version makes the next write conditional. `undefined` where it is not written yet. */
export interface Entry<T> {
  value: T;
  version: string | undefined;
}

export interface Ledger {
  /** The part, or undefined where nobody wrote it yet. */
  read<T>(part: LedgerPart<T>): Promise<Entry<T> | undefined>;
  /** The part. @throws TandemError RUN_UNKNOWN where nobody wrote it yet */
  get<T>(part: LedgerPart<T>): Promise<Entry<T>>;
  /** Writes the part over the entry that was read. @throws TandemError LEDGER_CHANGED where somebody else wrote meanwhile */
  write<T>(part: LedgerPart<T>, value: T, over: Entry<T> | undefined): Promise<Entry<T>>;
}

/** Whether a restore has begun to change anything: what changes something writes its part of the ledger before it does. */
export async function hasBegun(ledger: Pick<Ledger, 'read'>): Promise<boolean> {
  const changing = [pausedWritersPart, tableRestoresPart, indexRestorePart];
  const parts = await Promise.all(changing.map((part) => ledger.read<unknown>(part)));
  return parts.some((part) => part !== undefined);
}

/** Where a part of a run's ledger lies in the catalog bucket. */
export function ledgerKey(plan: string, run: string, { name }: { name: string }): string {
  return `ledgers/${plan}/${run}/${name}.json`;
}

/**
 * The ledger of a run: its progress in the catalog bucket, one JSON object a part (`ledgers/<plan>/<run>/<part>.json`).
 * Each has one writer, so that the two sides of a run never write over each other, and puts are conditional.
 */
export function openLedger(store: ObjectStore, plan: string, run: string): Ledger {
  const keyOf = (part: { name: string }) => ledgerKey(plan, run, part);

  const read: Ledger['read'] = async (part) => {
    const object = await store.get(keyOf(part));
    return object && { value: part.schema.parse(JSON.parse(object.body)), version: object.version };
  };

  return {
    read,
    async get(part) {
      const entry = await read(part);
      if (entry !== undefined) return entry;
      throw new TandemError('RUN_UNKNOWN', `The catalog knows no run "${run}" of plan ${plan} (no ${keyOf(part)}).`);
    },
    async write(part, value, over) {
      const body = JSON.stringify(z.encode(part.schema, value));
      const version =
        over?.version === undefined
          ? await store.create(keyOf(part), body)
          : await store.replace(keyOf(part), body, over.version);
      if (version !== undefined) return { value, version };
      throw new TandemError('LEDGER_CHANGED', `The ${part.name} of run ${run} was written by somebody else meanwhile.`);
    },
  };
}
