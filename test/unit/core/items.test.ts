import { describe, expect, it } from 'vitest';
import { differing, keyOf, missing, textOf } from '../../../shared/core/items.ts';
import type { Item } from '../../../shared/ports/table-items.ts';

const bytes = (...values: number[]) => new Uint8Array(values);

describe('two items', () => {
  it.each<[string, Item, Item]>([
    ['attributes in another order', { a: { S: '1' }, b: { S: '2' } }, { b: { S: '2' }, a: { S: '1' } }],
    ['sets in another order', { a: { SS: ['x', 'y'] } }, { a: { SS: ['y', 'x'] } }],
    ['sets of numbers in another order', { a: { NS: ['1', '2'] } }, { a: { NS: ['2', '1'] } }],
    ['sets of bytes in another order', { a: { BS: [bytes(1), bytes(2)] } }, { a: { BS: [bytes(2), bytes(1)] } }],
    ['the same bytes', { a: { B: bytes(1, 2) } }, { a: { B: bytes(1, 2) } }],
    [
      'maps in another order',
      { a: { M: { x: { N: '1' }, y: { L: [] } } } },
      { a: { M: { y: { L: [] }, x: { N: '1' } } } },
    ],
  ])('are equal with %s', (_name, one, other) => {
    expect(textOf(one)).toBe(textOf(other));
  });

  it.each<[string, Item, Item]>([
    ['a text and a number', { a: { S: '1' } }, { a: { N: '1' } }],
    ['other bytes', { a: { B: bytes(1) } }, { a: { B: bytes(2) } }],
    ['a list in another order', { a: { L: [{ S: '1' }, { S: '2' }] } }, { a: { L: [{ S: '2' }, { S: '1' }] } }],
    ['an attribute more', { a: { S: '1' } }, { a: { S: '1' }, b: { NULL: true } }],
    [
      'a value deep inside',
      { a: { M: { b: { L: [{ BOOL: true }] } } } },
      { a: { M: { b: { L: [{ BOOL: false }] } } } },
    ],
    ['an attribute named like the type of a value', { a: { M: { S: { S: '1' } } } }, { a: { M: { S: { N: '1' } } } }],
    ['attributes of every object', { toString: { S: '1' } }, {}],
  ])('differ with %s', (_name, one, other) => {
    expect(textOf(one)).not.toBe(textOf(other));
  });
});

describe('the items of a table', () => {
  const keys = ['pk', 'sk'];
  const item = (pk: string, sk: string, value: string): Item => ({ pk: { S: pk }, sk: { N: sk }, value: { S: value } });

  it('differ where they are not there, or have other values', () => {
    const wanted = [item('a', '1', 'x'), item('a', '2', 'x'), item('b', '1', 'x')];

    expect(differing(wanted, [item('a', '1', 'x'), item('a', '2', 'y')], keys)).toEqual(wanted.slice(1));
  });

  it('are missing by their whole key', () => {
    const key = (pk: string, sk: string) => keyOf(item(pk, sk, ''), keys);

    expect(missing([key('a', '1'), key('a', '2')], [key('a', '1'), key('b', '2')])).toEqual([key('a', '2')]);
  });
});
