import type { TableShape } from '../contracts/table-settings.ts';
import type { AttributeValue, Item } from '../ports/table-items.ts';
import { canonicalJson } from './hash.ts';

/** The names of the attributes that make the key of a table. */
export function keyAttributes({ keys }: Pick<TableShape, 'keys'>): string[] {
  return keys.map(({ attribute }) => attribute);
}

/** The key of an item, alone. */
export function keyOf(item: Item, attributes: string[]): Item {
  return Object.fromEntries(attributes.flatMap((name) => (item[name] === undefined ? [] : [[name, item[name]]])));
}

/** An item, or a key, as a text that is the same for the same values: sets have no order, binary values no identity. */
export function textOf(item: Item): string {
  return canonicalJson(comparable({ M: item }));
}

function comparable(value: AttributeValue): unknown {
  if ('M' in value) {
    return { M: Object.fromEntries(Object.entries(value.M).map(([name, one]) => [name, comparable(one)])) };
  }
  if ('L' in value) return { L: value.L.map(comparable) };
  if ('B' in value) return { B: base64(value.B) };
  if ('BS' in value) return { BS: value.BS.map(base64).sort() };
  if ('SS' in value) return { SS: value.SS.toSorted() };
  if ('NS' in value) return { NS: value.NS.toSorted() };
  return value;
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

/** Those that are not among the others, or are there with other values. */
export function differing(wanted: Item[], present: Item[], keys: string[]): Item[] {
  const texts = new Map(present.map((item) => [textOf(keyOf(item, keys)), textOf(item)]));
  return wanted.filter((item) => texts.get(textOf(keyOf(item, keys))) !== textOf(item));
}

/** Those of the keys that are not among the others. */
export function missing(keys: Item[], present: Item[]): Item[] {
  const texts = new Set(present.map(textOf));
  return keys.filter((key) => !texts.has(textOf(key)));
}
