import type { RefillProgress, RefillSegment } from '../contracts/ledger/refills.ts';
import type { TableFacts } from '../contracts/manifest.ts';
import type { RestorePlan, TableToRestore } from '../contracts/restore-plan.ts';
import type { RefillState } from '../contracts/steps.ts';
import { keyAttributes } from './items.ts';
import { scratchName } from './scratch-table.ts';

/** A table that is made equal to its backup in place. */
export interface TableToRefill {
  name: string;
  /** Of the table that the plan has seen: another one of its name is not to be touched. */
  tableId: string | null;
  /** Where the backup was restored to, to be compared with. */
  scratch: string;
  keys: string[];
  segments: number;
  /** What may be written a second, where its own capacity bounds it. */
  writeUnits?: number | undefined;
}

/** A part of a refill that one worker does at a time. */
export interface RefillUnit {
  table: TableToRefill;
  segment: { number: number; of: number };
}

/** A scan reads 1 MB a call: a few calls make a segment, and no table so many that their ledger costs more than they do. */
const segmentBytes = 4 * 1024 * 1024;
const mostSegments = 64;

/** As many functions at once, whatever there is to refill: reads and writes of one table come from all of them. */
const mostWorkers = 8;

/** Of the capacity that a table was given, a refill leaves as much to whoever else uses it. */
const shareOfCapacity = 0.8;

export function isRefilled({ action }: Pick<TableToRestore, 'action'>): boolean {
  return action === 'refill';
}

/** Into how many segments a table is divided: the same for a plan, whatever becomes of the table meanwhile. */
function segmentsOf({ recorded, current }: Pick<TableToRestore, 'recorded' | 'current'>): number {
  const bytes = Math.max(recorded?.bytes ?? 0, current?.bytes ?? 0);
  return Math.min(mostSegments, Math.max(1, Math.ceil(bytes / segmentBytes)));
}

/** What of its provisioned write units a refill may use a second; undefined of a table that is paid by request. */
export function limitOf({ current }: Pick<TableToRestore, 'current'>): number | undefined {
  return current?.writeUnits === undefined ? undefined : Math.max(1, current.writeUnits * shareOfCapacity);
}

/** The tables of a plan that are refilled. */
export function tablesToRefill({ tables }: RestorePlan, records: TableFacts[], run: string): TableToRefill[] {
  const shapes = new Map(records.map(({ name, shape }) => [name, shape]));
  return tables.filter(isRefilled).map((table) => ({
    name: table.name,
    tableId: table.currentId,
    scratch: scratchName(table.name, run),
    keys: keyAttributes(shapes.get(table.name) ?? { keys: [] }),
    segments: segmentsOf(table),
    writeUnits: limitOf(table),
  }));
}

/** What a refill begins with; undefined where there is none. */
export function refillOf({ tables, writeUnits }: RestorePlan): RefillState | undefined {
  const segments = tables.filter(isRefilled).reduce((sum, table) => sum + segmentsOf(table), 0);
  if (segments === 0 || writeUnits === null) return undefined;
  const workers = Array.from({ length: Math.min(mostWorkers, segments) }, (_, worker) => worker);
  return { phase: 'WRITE', workers, writeUnits };
}

/** The segments of all tables, in an order that never changes. */
export function refillUnits(tables: TableToRefill[]): RefillUnit[] {
  return tables.flatMap((table) =>
    Array.from({ length: table.segments }, (_, number) => ({ table, segment: { number, of: table.segments } })),
  );
}

/** What a worker does: each unit is that of one worker, so that no two write the ledger of one segment. */
export function unitsOfWorker(units: RefillUnit[], worker: number, workers: number): RefillUnit[] {
  return units.filter((_, position) => position % workers === worker);
}

export const untouched: RefillSegment = { phase: 'WRITE', items: 0, written: 0, deleted: 0, kept: 0 };

/** How far all segments of a refill are: as far as the one that is least so. */
export function phaseOf(segments: RefillSegment[]): RefillSegment['phase'] {
  const phases = segments.map(({ phase }) => phase);
  return (['WRITE', 'DELETE'] as const).find((phase) => phases.includes(phase)) ?? 'DONE';
}

/** True where the live table does not hold just what the backup does though all was done: somebody wrote meanwhile. */
export function isDisturbed({ done, items, kept }: RefillProgress): boolean {
  return done && kept !== items;
}

export function progressOf(segments: RefillSegment[]): RefillProgress {
  const sum = (count: (segment: RefillSegment) => number) => segments.reduce((all, one) => all + count(one), 0);
  return {
    done: segments.every(({ phase }) => phase === 'DONE'),
    items: sum(({ items }) => items),
    written: sum(({ written }) => written),
    deleted: sum(({ deleted }) => deleted),
    kept: sum(({ kept }) => kept),
  };
}
