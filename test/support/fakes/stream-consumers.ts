import type { EventSourceMapping } from '../../../shared/contracts/table-settings.ts';
import { TandemError } from '../../../shared/errors/tandem-error.ts';
import type { Clock } from '../../../shared/ports/clock.ts';
import type { StreamConsumers } from '../../../shared/ports/stream-consumers.ts';

/** Milliseconds that Lambda takes over a change of a mapping. */
const changing = 4_000;

/** The event source mappings of Lambda in memory, with their tags. What they are in the middle of only the clock decides. */
export class FakeStreamConsumers implements StreamConsumers {
  readonly #mappings: EventSourceMapping[];
  readonly #clock: Clock;
  readonly #changes = new Map<string, { until: number; state: string; then: string | undefined }>();
  #made = 0;

  constructor(mappings: EventSourceMapping[], clock: Clock) {
    this.#mappings = mappings;
    this.#clock = clock;
  }

  /** All that there is, for `load`. */
  saved() {
    return { mappings: this.#mappings, changes: this.#changes, made: this.#made };
  }

  /** Has what others had when they were saved. */
  load({ mappings, changes, made }: ReturnType<FakeStreamConsumers['saved']>): void {
    this.#mappings.push(...mappings);
    for (const [uuid, change] of changes) this.#changes.set(uuid, change);
    this.#made = made;
  }

  async list(streamArn: string): Promise<EventSourceMapping[]> {
    return this.#all()
      .filter((mapping) => mapping.streamArn === streamArn)
      .map(({ tags: _, ...mapping }) => mapping);
  }

  async tags(arn: string): Promise<Record<string, string>> {
    return this.#all().find((mapping) => mapping.arn === arn)?.tags ?? {};
  }

  async create(streamArn: string, like: Parameters<StreamConsumers['create']>[1]): Promise<void> {
    const { functionArn, configuration, tags } = like;
    if (this.#all().some((one) => one.streamArn === streamArn && one.functionArn === functionArn)) {
      throw new TandemError('NOT_READY', `${functionArn} has a mapping on ${streamArn} already.`);
    }
    this.#made += 1;
    const uuid = `made-${this.#made}`;
    const identity = { uuid, arn: `arn:of-mapping-${uuid}`, functionArn, streamArn };
    this.#mappings.push({ ...identity, state: 'Disabled', configuration, ...(tags && { tags }) });
    this.#change(uuid, 'Creating', 'Disabled');
  }

  async setEnabled(uuid: string, enabled: boolean): Promise<void> {
    if (this.#settled(uuid) === undefined) throw new TandemError('PROVIDER_FAILURE', `There is no mapping ${uuid}.`);
    this.#change(uuid, enabled ? 'Enabling' : 'Disabling', enabled ? 'Enabled' : 'Disabled');
  }

  async delete(uuid: string): Promise<void> {
    if (this.#settled(uuid) !== undefined) this.#change(uuid, 'Deleting', undefined);
  }

  /** @throws TandemError NOT_READY while it is being changed */
  #settled(uuid: string): EventSourceMapping | undefined {
    const mapping = this.#all().find((one) => one.uuid === uuid);
    if (this.#changes.has(uuid)) throw new TandemError('NOT_READY', `Mapping ${uuid} is ${mapping?.state}.`);
    return mapping;
  }

  #change(uuid: string, state: string, then: string | undefined): void {
    this.#changes.set(uuid, { until: this.#clock.now().getTime() + changing, state, then });
    this.#become(uuid, state);
  }

  #become(uuid: string, state: string): void {
    const at = this.#mappings.findIndex((one) => one.uuid === uuid);
    const mapping = this.#mappings[at];
    if (mapping !== undefined) this.#mappings[at] = { ...mapping, state };
  }

  /** All mappings, as they are by now. */
  #all(): EventSourceMapping[] {
    for (const [uuid, { until, then }] of this.#changes) {
      if (this.#clock.now().getTime() < until) continue;
      this.#changes.delete(uuid);
      if (then !== undefined) this.#become(uuid, then);
      else {
        const at = this.#mappings.findIndex((one) => one.uuid === uuid);
        if (at !== -1) this.#mappings.splice(at, 1);
      }
    }
    return this.#mappings;
  }
}
