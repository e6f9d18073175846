import * as z from 'zod';
import type { Clock } from '../../shared/ports/clock.ts';
import type { Call } from './call.ts';
import type { Lasting } from './durations.ts';
import { readJson } from './json-body.ts';
import { refusals } from './refusals.ts';
import { errorReply, jsonReply, type Reply } from './reply.ts';

/** Asks the emulator for something that no caller has asked for. */
export type Ask = (operation: string, input: object) => Promise<Reply>;

const writes: ReadonlySet<string> = new Set([
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'BatchWriteItem',
  'TransactWriteItems',
]);

/** What the emulator keeps a table's earlier state as: a backup that no caller is told of. */
export const hiddenBackup = 'sandbox-point-in-time';

const recoverySchema = z.looseObject({
  ContinuousBackupsDescription: z.looseObject({
    PointInTimeRecoveryDescription: z.looseObject({ PointInTimeRecoveryStatus: z.string() }),
  }),
});
const madeSchema = z.object({ Table: z.object({ CreationDateTime: z.number() }) });
const backupSchema = z.object({ BackupDetails: z.object({ BackupArn: z.string() }) });
const switchSchema = z.object({
  PointInTimeRecoverySpecification: z.object({ PointInTimeRecoveryEnabled: z.boolean() }),
});

/** What a table held before the writes of a second; undefined where it turns out to have no recovery. */
interface State {
  second: number;
  arn: Promise<string | undefined>;
}

interface Window {
  /** Whole seconds since 1970. */
  from: number;
  to: number;
}

/**
 * Point-in-time recovery, which the emulator has in name only: its window is this moment, and what it restores are the items
 * of now. Before the first write of each second to a table that has it, what the table held is put by.
 */
export class PointInTime {
  readonly #clock: Clock;
  readonly #lasting: Lasting;
  readonly #switchedOn = new Map<string, number>();
  /** By table: what it held before the writes of a second, as the ARN of a backup; the oldest first. */
  readonly #states = new Map<string, State[]>();

  constructor(clock: Clock, lasting: Lasting) {
    this.#clock = clock;
    this.#lasting = lasting;
  }

  /** Puts by what the tables of a write hold, before it is made. */
  async before({ operation, tables }: Call, ask: Ask): Promise<void> {
    if (writes.has(operation)) await Promise.all(tables.map((table) => this.#putBy(table, ask)));
  }

  /** Remembers what a call that was accepted means to the history of its tables. */
  after({ operation, tables, input }: Call): void {
    if (operation === 'DeleteTable') for (const table of tables) this.#forget(table);
    const wanted = operation === 'UpdateContinuousBackups' ? switchSchema.safeParse(input).data : undefined;
    if (wanted === undefined) return;
    for (const table of tables) {
      if (!wanted.PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled) this.#forget(table);
      else if (!this.#switchedOn.has(table)) this.#switchedOn.set(table, this.#second());
    }
  }

  /** The call to make in place of a restore to a moment, or why it is refused; undefined for any other call. */
  async instead({ operation, input, sourceTables }: Call, ask: Ask): Promise<Reply | [string, object] | undefined> {
    const [table] = sourceTables;
    const { RestoreDateTime: moment } = input;
    if (operation !== 'RestoreTableToPointInTime' || table === undefined || moment === undefined) return undefined;
    // A table that is not there is the emulator's to refuse.
    if ((await this.#isOn(table, ask)) === undefined) return undefined;
    const window = await this.#window(table, ask);
    if (window === undefined) return errorReply(refusals.pointInTimeUnavailable(table));
    if (moment < window.from || moment > window.to) return errorReply(refusals.invalidRestoreTime(table));
    const state = this.#states.get(table)?.find(({ second }) => second >= moment);
    const arn = await state?.arn;
    if (arn === undefined) return undefined;
    const {
      SourceTableName: _,
      SourceTableArn: __,
      RestoreDateTime: ___,
      UseLatestRestorableTime: ____,
      ...rest
    } = input;
    return ['RestoreTableFromBackup', { ...rest, BackupArn: arn }];
  }

  /** DescribeContinuousBackups's answer with the window that there is. */
  async present({ operation, tables: [table] }: Call, reply: Reply, ask: Ask): Promise<Reply> {
    if (operation !== 'DescribeContinuousBackups' || reply.status !== 200 || table === undefined) return reply;
    const { ContinuousBackupsDescription: told } = recoverySchema.parse(readJson(reply.body));
    const window = await this.#window(table, ask);
    if (window === undefined) return reply;
    const { from: EarliestRestorableDateTime, to: LatestRestorableDateTime } = window;
    const recovery = { ...told.PointInTimeRecoveryDescription, EarliestRestorableDateTime, LatestRestorableDateTime };
    return jsonReply(200, { ContinuousBackupsDescription: { ...told, PointInTimeRecoveryDescription: recovery } });
  }

  async #putBy(table: string, ask: Ask): Promise<void> {
    const second = this.#second();
    const states = this.#states.get(table) ?? [];
    const last = states.at(-1);
    if (last?.second === second) return void (await last.arn);
    const arn = this.#isOn(table, ask).then(async (isOn) => {
      if (!isOn) return undefined;
      const reply = await ask('CreateBackup', { TableName: table, BackupName: hiddenBackup });
      return backupSchema.safeParse(readJson(reply.body)).data?.BackupDetails.BackupArn;
    });
    this.#states.set(table, [...states, { second, arn }]);
    if ((await arn) === undefined) this.#states.set(table, without(this.#states.get(table), arn));
  }

  /** Undefined where there is no such table. */
  async #isOn(table: string, ask: Ask): Promise<boolean | undefined> {
    const reply = await ask('DescribeContinuousBackups', { TableName: table });
    const told = recoverySchema.safeParse(readJson(reply.body)).data?.ContinuousBackupsDescription;
    return told && told.PointInTimeRecoveryDescription.PointInTimeRecoveryStatus === 'ENABLED';
  }

  /** Of a table that has had it from the beginning, which CloudFormation sees to past the layer, that is when it was made. */
  async #window(table: string, ask: Ask): Promise<Window | undefined> {
    if (!(await this.#isOn(table, ask))) return undefined;
    const made = madeSchema.safeParse(readJson((await ask('DescribeTable', { TableName: table })).body)).data;
    const from = this.#switchedOn.get(table) ?? Math.ceil(made?.Table.CreationDateTime ?? this.#second());
    const latest = Math.floor((this.#clock.now().getTime() - this.#lasting('recordingWrites')) / 1_000);
    return { from, to: Math.max(from, latest) };
  }

  #forget(table: string): void {
    this.#states.delete(table);
    this.#switchedOn.delete(table);
  }

  #second(): number {
    return Math.floor(this.#clock.now().getTime() / 1_000);
  }
}

function without(states: State[] = [], arn: State['arn']): State[] {
  return states.filter((state) => state.arn !== arn);
}
