import type { Clock } from '../../shared/ports/clock.ts';
import type { Lasting } from './durations.ts';

/** Which backups the real service would still be making. One that was not made through the layer is AVAILABLE. */
export class Backups {
  readonly #clock: Clock;
  readonly #lasting: Lasting;
  readonly #made = new Map<string, { table: string; availableAt: number }>();

  constructor(clock: Clock, lasting: Lasting) {
    this.#clock = clock;
    this.#lasting = lasting;
  }

  created(arn: string, table: string): void {
    const availableAt = this.#clock.now().getTime() + this.#lasting('creatingBackup');
    this.#made.set(arn, { table, availableAt });
  }

  isCreating(arn: string): boolean {
    const backup = this.#made.get(arn);
    return backup !== undefined && this.#clock.now().getTime() < backup.availableAt;
  }

  /** True while a backup of the table is being made. */
  isRunningFor(table: string): boolean {
    return [...this.#made].some(([arn, backup]) => backup.table === table && this.isCreating(arn));
  }
}
