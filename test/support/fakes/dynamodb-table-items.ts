import { TandemError } from '../../../shared/errors/tandem-error.ts';
import type { AttributeValue, Item, Segment, TableItems } from '../../../shared/ports/table-items.ts';
import type { FakeAccount, FakeTable } from './dynamodb-account.ts';
import type { Faults } from './faults.ts';

export type TableItemsOperation = `items.${keyof TableItems}`;

/** Items on a page: few, so that even a small table has several. */
const pageSize = 10;

/** The items of the tables of a fake account: texts by a text, as `pk` and `value`. */
export function fakeTableItems(account: FakeAccount, faults: Pick<Faults<TableItemsOperation>, 'run'>): TableItems {
  function usable(name: string): FakeTable {
    const table = account.table(name);
    if (table !== undefined && account.statusOf(table) !== 'CREATING') return table;
    throw new TandemError('TABLE_NOT_FOUND', `There is no table ${name}.`);
  }

  function page(name: string, segment: Segment, after: string | undefined) {
    const keys = [...usable(name).items.keys()]
      .filter((key) => segmentOf(`${name} ${key}`, segment.of) === segment.number)
      .sort();
    const rest = after === undefined ? keys : keys.filter((key) => key > after);
    const shown = rest.slice(0, pageSize);
    return { shown, next: rest.length > pageSize ? shown.at(-1) : undefined };
  }

  return {
    scan: async (name, { segment, after, attributes }) =>
      faults.run('items.scan', name, () => {
        const { shown, next } = page(name, segment, after);
        const { items } = usable(name);
        return { items: shown.map((key) => projected(itemOf(key, items.get(key) ?? ''), attributes)), next };
      }),

    count: async (name, { segment, after }) =>
      faults.run('items.count', name, () => {
        const { shown, next } = page(name, segment, after);
        return { items: shown.length, next };
      }),

    get: async (name, keys, attributes) =>
      faults.run('items.get', name, () => {
        const { items } = usable(name);
        return keys.flatMap((key): Item[] => {
          const value = items.get(text(key.pk));
          return value === undefined ? [] : [projected(itemOf(text(key.pk), value), attributes)];
        });
      }),

    write: async (name, changes) =>
      faults.run('items.write', name, () => {
        const table = usable(name);
        const items = new Map(table.items);
        for (const change of changes) {
          if ('put' in change) items.set(text(change.put.pk), text(change.put.value));
          else items.delete(text(change.delete.pk));
        }
        account.setItems(table, items);
        return changes.length;
      }),
  };
}

function itemOf(key: string, value: string): Item {
  return { pk: { S: key }, value: { S: value } };
}

function projected(item: Item, attributes: string[] | undefined): Item {
  return Object.fromEntries(Object.entries(item).filter(([name]) => attributes?.includes(name) ?? true));
}

function text(value: AttributeValue | undefined): string {
  if (value !== undefined && 'S' in value) return value.S;
  throw new Error('The fake knows texts alone.');
}

/** As a hash does: where an item is has nothing to do with the order of keys, nor with where it is in another table. */
function segmentOf(key: string, of: number): number {
  return [...key].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_003, 7) % of;
}
