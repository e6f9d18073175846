import { describe, expect, test } from 'vitest';
import type { TableShape } from '../../../shared/contracts/table-settings.ts';
import { onDemandChange, throughputChange, warmThroughputChange } from '../../../shared/core/table-capacity.ts';
import { shapeOf } from '../../support/table-spec.ts';

const index = (name: string, part: Partial<TableShape['globalIndexes'][number]> = {}) => ({
  name,
  keys: [],
  projection: { type: 'ALL', attributes: [] },
  ...part,
});
const units = (readUnits: number, writeUnits: number) => ({ readUnits, writeUnits });
const provisioned = (table: ReturnType<typeof units>, ofIndex = table): TableShape =>
  shapeOf({
    name: 'orders',
    shape: { billingMode: 'PROVISIONED', throughput: table, globalIndexes: [index('by', { throughput: ofIndex })] },
  });
const onDemand = (part: Partial<TableShape>): TableShape => shapeOf({ name: 'orders', shape: part });
const scaling = (resourceId: string, dimension: string) => [
  { resourceId, dimension, minimum: 1, maximum: 9, policies: [] },
];

describe('provisioned throughput', () => {
  test('that is the same needs no change', () => {
    expect(throughputChange(provisioned(units(1, 2)), provisioned(units(1, 2)), [])).toBeUndefined();
  });

  test('is given back where it differs, to the table or to an index alone', () => {
    const [captured, live] = [provisioned(units(5, 5), units(1, 2)), provisioned(units(1, 2))];
    expect(throughputChange(captured, live, [])).toEqual({ throughput: units(5, 5), indexes: [] });
    expect(throughputChange(live, captured, [])).toEqual({ throughput: units(1, 2), indexes: [] });
    expect(throughputChange(provisioned(units(1, 2), units(7, 8)), live, [])).toEqual({
      indexes: [{ name: 'by', throughput: units(7, 8) }],
    });
  });

  test('that is scaled stays as it is, and what is not scaled beside it does not', () => {
    const [captured, live] = [provisioned(units(5, 5)), provisioned(units(9, 5))];
    const ofTable = scaling('table/orders', 'dynamodb:table:ReadCapacityUnits');
    const ofIndex = scaling('table/orders/index/by', 'dynamodb:index:ReadCapacityUnits');
    expect(throughputChange(captured, live, [...ofTable, ...ofIndex])).toBeUndefined();
    expect(throughputChange(captured, live, ofTable)).toEqual({ indexes: [{ name: 'by', throughput: units(5, 5) }] });
    expect(throughputChange(captured, provisioned(units(9, 6), units(9, 5)), [...ofTable, ...ofIndex])).toEqual({
      throughput: units(9, 5),
      indexes: [],
    });
  });

  test('goes with its billing mode', () => {
    const paidByRequest = onDemand({ globalIndexes: [index('by')] });
    expect(throughputChange(provisioned(units(5, 5)), paidByRequest, [])).toEqual({
      billingMode: 'PROVISIONED',
      throughput: units(5, 5),
      indexes: [{ name: 'by', throughput: units(5, 5) }],
    });
    expect(throughputChange(paidByRequest, provisioned(units(5, 5)), [])).toEqual({
      billingMode: 'PAY_PER_REQUEST',
      indexes: [],
    });
  });
});

test('on-demand maximums are given back, and taken off, of the table and of its indexes', () => {
  const limited = onDemand({ onDemandMaximum: units(9, 9), globalIndexes: [index('by', { onDemandMaximum: {} })] });
  const free = onDemand({ globalIndexes: [index('by', { onDemandMaximum: { readUnits: 3 } })] });
  expect(onDemandChange(limited, limited)).toBeUndefined();
  expect(onDemandChange(limited, free)).toEqual({
    onDemandMaximum: units(9, 9),
    indexes: [{ name: 'by', onDemandMaximum: {} }],
  });
  expect(onDemandChange(free, limited)).toEqual({
    onDemandMaximum: {},
    indexes: [{ name: 'by', onDemandMaximum: { readUnits: 3 } }],
  });
});

test('warm throughput is raised where it is colder, and never lowered', () => {
  const warm = (...parts: [read: number, write: number, index?: string][]) =>
    parts.map(([read, write, name]) => ({ ...units(read, write), ...(name && { index: name }) }));
  expect(warmThroughputChange(warm([12, 4]), warm([12, 4]))).toBeUndefined();
  expect(warmThroughputChange(warm([12, 4]), warm([20, 9]))).toBeUndefined();
  expect(warmThroughputChange(warm([20, 4]), warm([12, 9]))).toEqual({
    warmThroughput: { readUnits: 20 },
    indexes: [],
  });
  expect(warmThroughputChange(warm([12, 4], [12, 9, 'by']), warm([12, 4], [12, 4, 'by']))).toEqual({
    indexes: [{ name: 'by', warmThroughput: { writeUnits: 9 } }],
  });
  expect(warmThroughputChange(warm([12, 4, 'gone']), [])).toBeUndefined();
});
