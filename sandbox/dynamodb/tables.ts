import type { Clock } from '../../shared/ports/clock.ts';
import type { Lasting } from './durations.ts';

/** What a table is in the middle of. */
export type Change = 'CREATING' | 'UPDATING' | 'DELETING';

/** Where a restored table comes from, as its RestoreSummary tells it. */
export interface RestoreSource {
  SourceBackupArn?: string | undefined;
  SourceTableArn?: string | undefined;
  /** The time whose state the table has, in seconds since 1970. */
  RestoreDateTime?: number | undefined;
}

/** A table's description as DescribeTable gives it, of which only the name matters here. */
export interface TableDescription {
  [field: string]: unknown;
  TableName: string;
}

/** The times are milliseconds since 1970 at which a change is over. */
interface Life {
  activeAt: number;
  updatedAt: number;
  timeToLiveChangedAt: number;
  restoredFrom?: RestoreSource;
  deletion?: { goneAt: number; description: TableDescription };
}

const longAgo = Number.NEGATIVE_INFINITY;
const longActive: Life = { activeAt: longAgo, updatedAt: longAgo, timeToLiveChangedAt: longAgo };

/**
 * What each table is in the middle of. The emulator has done it already; this remembers until when the real service
 * would be at it. A table that was never changed through the layer is in the middle of nothing.
 */
export class Tables {
  readonly #clock: Clock;
  readonly #lasting: Lasting;
  readonly #lives = new Map<string, Life>();

  constructor(clock: Clock, lasting: Lasting) {
    this.#clock = clock;
    this.#lasting = lasting;
  }

  created(table: string): void {
    this.#lives.set(table, { ...longActive, activeAt: this.#in('creatingTable') });
  }

  restored(table: string, restoredFrom: RestoreSource): void {
    this.#lives.set(table, { ...longActive, activeAt: this.#in('restoringTable'), restoredFrom });
  }

  updated(table: string): void {
    this.#lives.set(table, { ...this.#living(table), updatedAt: this.#in('updatingTable') });
  }

  timeToLiveChanged(table: string): void {
    this.#lives.set(table, { ...this.#living(table), timeToLiveChangedAt: this.#in('changingTimeToLive') });
  }

  /** Keeps the last description, which is all that can be told of the table until it is gone. */
  deleted(table: string, description: TableDescription): void {
    this.#lives.set(table, { ...longActive, deletion: { goneAt: this.#in('deletingTable'), description } });
  }

  /** What the table is in the middle of; undefined where it is ACTIVE, gone or was never there. */
  changeOf(table: string): Change | undefined {
    const { deletion, activeAt, updatedAt } = this.#lives.get(table) ?? longActive;
    if (deletion) return this.#isAhead(deletion.goneAt) ? 'DELETING' : undefined;
    if (this.#isAhead(activeAt)) return 'CREATING';
    return this.#isAhead(updatedAt) ? 'UPDATING' : undefined;
  }

  isTimeToLiveChanging(table: string): boolean {
    return this.#isAhead(this.#living(table).timeToLiveChangedAt);
  }

  /** True from CREATING until the first seconds of ACTIVE are over, in which no backup can be made. */
  areBackupsBeingEnabled(table: string): boolean {
    const { activeAt } = this.#living(table);
    return this.#isAhead(activeAt + this.#lasting('enablingBackups'));
  }

  /** Where the table is being restored from; undefined from its first ACTIVE on. */
  restoreOf(table: string): RestoreSource | undefined {
    return this.changeOf(table) === 'CREATING' ? this.#lives.get(table)?.restoredFrom : undefined;
  }

  restores(): RestoreSource[] {
    return [...this.#lives.keys()].flatMap((table) => this.restoreOf(table) ?? []);
  }

  /** The tables in the middle of something, by name. */
  changing(): string[] {
    return [...this.#lives.keys()].filter((table) => this.changeOf(table) !== undefined);
  }

  /** The last description of a table that is DELETING; undefined of any other. */
  lastDescription(table: string): TableDescription | undefined {
    return this.changeOf(table) === 'DELETING' ? this.#lives.get(table)?.deletion?.description : undefined;
  }

  #living(table: string): Life {
    const life = this.#lives.get(table);
    return life === undefined || life.deletion ? longActive : life;
  }

  #in(change: Parameters<Lasting>[0]): number {
    return this.#clock.now().getTime() + this.#lasting(change);
  }

  #isAhead(time: number): boolean {
    return this.#clock.now().getTime() < time;
  }
}
