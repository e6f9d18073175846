import { dynamodbCallRates } from '../../../shared/adapters/dynamodb-call-rates.ts';
import { pace } from '../../../shared/adapters/pace.ts';
import type { TableShape, WarmThroughput } from '../../../shared/contracts/table-settings.ts';
import { TandemError } from '../../../shared/errors/tandem-error.ts';
import type { CapacityChange, TableDescription, Tables } from '../../../shared/ports/tables.ts';
import { bytesOf, type FakeAccount, type FakeTable } from './dynamodb-account.ts';
import type { Faults } from './faults.ts';

export type TablesOperation = `tables.${keyof Tables}`;

/** The tables of a fake account. */
export function fakeTables(account: FakeAccount, faults: Pick<Faults<TablesOperation>, 'run'>): Tables {
  const tagsPace = pace(account.clock, dynamodbCallRates.ListTagsOfResource);
  const tagPace = pace(account.clock, dynamodbCallRates.TagResource);

  function existing(name: string): FakeTable {
    const table = account.table(name);
    if (table === undefined) throw new TandemError('TABLE_NOT_FOUND', `There is no table ${name}.`);
    return table;
  }

  /** The table, where a setting of it may be changed now. */
  function settled(name: string, ...unfit: TableDescription['status'][]): FakeTable {
    const table = existing(name);
    const status = account.statusOf(table);
    if (!unfit.includes(status)) return table;
    throw new TandemError('NOT_READY', `Table ${name} is ${status}.`);
  }

  function update(name: string, change: Partial<FakeTable>): void {
    Object.assign(settled(name, 'CREATING', 'UPDATING', 'DELETING'), change, {
      updatedAt: account.in('updatingTable'),
    });
  }

  function readTags(name: string): Record<string, string> {
    const table = existing(name);
    if (account.statusOf(table) !== 'CREATING') return { ...table.tags };
    throw new TandemError('TABLE_NOT_FOUND', `Table ${name} is CREATING.`);
  }

  return {
    list: async () =>
      faults.run('tables.list', '', () =>
        account
          .tables()
          .map((table) => table.name)
          .sort(),
      ),

    describe: async (name) =>
      faults.run('tables.describe', name, () => {
        const table = account.table(name);
        return table && describe(table, account);
      }),

    pointInTimeRecovery: async (name) =>
      faults.run('tables.pointInTimeRecovery', name, () => existing(name).pointInTimeRecovery),

    restorableWindow: async (name) =>
      faults.run('tables.restorableWindow', name, () => account.restorableWindow(existing(name))),

    async tags(arn) {
      await tagsPace();
      return faults.run('tables.tags', nameOf(arn), () => readTags(nameOf(arn)));
    },

    async ownSettings({ name }) {
      await tagsPace();
      return faults.run('tables.ownSettings', name, () => {
        const tags = readTags(name);
        const { timeToLive, pointInTimeRecovery, resourcePolicy, streamPolicy } = existing(name);
        return {
          tags,
          ...(timeToLive && { timeToLive }),
          ...(pointInTimeRecovery && { pointInTimeRecovery }),
          ...(resourcePolicy && { resourcePolicy }),
          ...(streamPolicy && { streamPolicy }),
          notCaptured: [],
        };
      });
    },

    delete: async (name) =>
      faults.run('tables.delete', name, () => {
        const table = account.table(name);
        if (table === undefined || account.statusOf(table) === 'DELETING') return;
        settled(name, 'CREATING', 'UPDATING');
        const backedUp = [...account.backups.values()].some(
          (backup) => backup.tableId === table.tableId && account.isCreating(backup),
        );
        if (backedUp) throw new TandemError('NOT_READY', `Table ${name} is being backed up.`);
        if (table.deletionProtection) {
          throw new TandemError('PROVIDER_FAILURE', `DeleteTable ${name}: the table has deletion protection.`);
        }
        table.goneAt = account.in('deletingTable');
      }),

    setDeletionProtection: async (name, protect) =>
      faults.run('tables.setDeletionProtection', name, () => {
        if (existing(name).deletionProtection !== protect) update(name, { deletionProtection: protect });
      }),

    setStream: async (name, viewType) =>
      faults.run('tables.setStream', name, () => {
        const { arn, stream } = existing(name);
        if (stream?.viewType === viewType) return;
        if (stream !== undefined) throw new TandemError('PROVIDER_FAILURE', `Table ${name} has another stream.`);
        update(name, { stream: account.newStream(arn, viewType) });
      }),

    setTimeToLive: async (name, attribute) =>
      faults.run('tables.setTimeToLive', name, () => {
        const table = settled(name, 'CREATING');
        if (table.timeToLive?.attribute === attribute) return;
        if (table.timeToLive !== undefined) {
          throw new TandemError('PROVIDER_FAILURE', `UpdateTimeToLive ${name}: active on a different attribute.`);
        }
        if (account.now() < table.timeToLiveChangeableAt) {
          throw new TandemError('NOT_READY', `UpdateTimeToLive ${name}: modified within the hour.`);
        }
        table.timeToLive = { attribute };
        table.timeToLiveChangeableAt = account.now() + 3_600_000;
      }),

    setPointInTimeRecovery: async (name, days) =>
      faults.run('tables.setPointInTimeRecovery', name, () => {
        const table = settled(name, 'CREATING');
        const now = table.pointInTimeRecovery;
        if (now !== undefined && (days === undefined || days === now.days)) return;
        if (!account.canBeBackedUp(table)) throw new TandemError('NOT_READY', `Backups of ${name} are being enabled.`);
        table.pointInTimeRecovery = { days: days ?? 35 };
      }),

    async setTags(arn, tags) {
      const own = Object.entries(tags).filter(([key]) => !key.startsWith('aws:'));
      if (own.length === 0) return;
      await tagPace();
      faults.run('tables.setTags', nameOf(arn), () => {
        Object.assign(settled(nameOf(arn), 'CREATING').tags, Object.fromEntries(own));
      });
    },

    setTableClass: async (name, tableClass) =>
      faults.run('tables.setTableClass', name, () => {
        if (existing(name).tableClass !== tableClass) update(name, { tableClass });
      }),

    setEncryption: async (name, encryption) =>
      faults.run('tables.setEncryption', name, () => {
        if (existing(name).encryption?.keyArn !== encryption.keyArn) update(name, { encryption });
      }),

    setCapacity: async (name, change) =>
      faults.run('tables.setCapacity', name, () => {
        const { shape, warmThroughput } = existing(name);
        update(name, {
          shape: changedShape(shape, change),
          warmThroughput: warmThroughput.map((warm) => warmer(warm, change)),
        });
      }),

    setResourcePolicy: async (arn, policy) =>
      faults.run('tables.setResourcePolicy', arn, () => {
        const change = arn.includes('/stream/') ? { streamPolicy: policy } : { resourcePolicy: policy };
        Object.assign(settled(nameOf(arn), 'CREATING'), change);
      }),
  };
}

function nameOf(arn: string): string {
  return arn.split('/')[1] ?? arn;
}

function changedShape(shape: TableShape, { indexes, warmThroughput: _, ...own }: CapacityChange): TableShape {
  const globalIndexes = shape.globalIndexes.map(({ onDemandMaximum, ...index }) => {
    const change = indexes.find(({ name }) => name === index.name);
    const { throughput = index.throughput } = change ?? {};
    return { ...index, ...(throughput && { throughput }), ...maximum(change?.onDemandMaximum ?? onDemandMaximum) };
  });
  const { onDemandMaximum, ...rest } = { ...shape, ...own };
  return { ...rest, ...maximum(onDemandMaximum), globalIndexes };
}

/** One without units is none. */
function maximum(units: TableShape['onDemandMaximum'] = {}): Pick<TableShape, 'onDemandMaximum'> {
  return Object.keys(units).length > 0 ? { onDemandMaximum: units } : {};
}

function warmer(warm: WarmThroughput, { indexes, warmThroughput }: CapacityChange): WarmThroughput {
  const change =
    warm.index === undefined ? warmThroughput : indexes.find((one) => one.name === warm.index)?.warmThroughput;
  const { readUnits = warm.readUnits, writeUnits = warm.writeUnits } = change ?? {};
  return { ...warm, readUnits, writeUnits };
}

function describe(table: FakeTable, account: FakeAccount): TableDescription {
  const status = account.statusOf(table);
  const { name, arn, tableId, createdAt, shape, deletionProtection, stream, tableClass, encryption } = table;
  return {
    ...{ name, arn, tableId, createdAt, shape, deletionProtection, stream, tableClass, encryption, status },
    items: table.items.size,
    bytes: bytesOf(table.items),
    restoredFrom: status === 'CREATING' ? table.restoredFrom : undefined,
    globalTable: table.globalTable,
    warmThroughput: table.warmThroughput,
    isChanging: false,
  };
}
