import { expect, test } from 'vitest';
import { recoveryState, remarkOn } from '../../../shared/core/index-recovery.ts';
import type { IndexRecovery } from '../../../shared/ports/search-indices.ts';

const source = { repository: 'tandem', snapshot: 'tandem-app-20261122-020000' };
const index = { name: 'orders', primaries: 3, replicas: 1 };
const recovery = (part: Partial<IndexRecovery>): IndexRecovery => ({
  index: 'orders',
  open: true,
  health: 'yellow',
  initializing: false,
  primariesDone: 3,
  madeFrom: source,
  ...part,
});
const twoNodes = 2;
const oneNode = 1;

test.for<[what: string, Partial<IndexRecovery> | undefined, nodes: number, state: string]>([
  ['green', { health: 'green' }, twoNodes, 'RECOVERED'],
  ['green on one node, without replicas to wait for', { health: 'green' }, oneNode, 'RECOVERED'],
  ['yellow, its replica still to come, on two nodes', {}, twoNodes, 'RUNNING'],
  ['yellow with every primary back, on one node where no replica fits', {}, oneNode, 'RECOVERED'],
  ['yellow with primaries that wait for their turn', { primariesDone: 2 }, oneNode, 'RUNNING'],
  ['yellow before the first primary', { primariesDone: 0, initializing: true }, oneNode, 'RUNNING'],
  ['yellow with a shard that is being initialized', { initializing: true }, oneNode, 'RUNNING'],
  [
    'red while a shard is being initialized',
    { health: 'red', initializing: true, primariesDone: 1 },
    twoNodes,
    'RUNNING',
  ],
  ['red with nothing going on: a failed shard stays red', { health: 'red', primariesDone: 2 }, twoNodes, 'FAILED'],
  ['red though every primary was restored', { health: 'red' }, oneNode, 'FAILED'],
  [
    'closed and red: it was whole when it was closed, and its shards start anew',
    { open: false, health: 'red', primariesDone: 0 },
    oneNode,
    'RUNNING',
  ],
  ['green before its recovery is told', { health: 'green', primariesDone: 0, madeFrom: undefined }, oneNode, 'RUNNING'],
  ['green, of shards that have moved since', { health: 'green', madeFrom: undefined }, twoNodes, 'RECOVERED'],
  ['gone', undefined, twoNodes, 'FAILED'],
])('an index that is %s', ([, part, nodes, state]) => {
  expect(recoveryState(index, part && recovery(part), nodes, source)).toBe(state);
});

test.for(['green', 'yellow', 'red'] as const)('an index that was made from something else is foreign: %s', (health) => {
  const state = (madeFrom: IndexRecovery['madeFrom'], part: Partial<IndexRecovery> = {}) =>
    recoveryState(index, recovery({ health, madeFrom, ...part }), oneNode, source);
  expect(state('NO_SNAPSHOT', { primariesDone: 0 })).toBe('FOREIGN');
  expect(state({ ...source, snapshot: 'another' })).toBe('FOREIGN');
  expect(state({ ...source, repository: 'another' })).toBe('FOREIGN');
  expect(state(source)).not.toBe('FOREIGN');
  expect(state(undefined)).not.toBe('FOREIGN');
});

test('two replicas do not fit on two nodes: one node holds the primary', () => {
  expect(recoveryState({ ...index, replicas: 2 }, recovery({}), twoNodes, source)).toBe('RECOVERED');
});

test('why an index stays yellow is told in words', () => {
  expect(remarkOn(index, 1)).toBe(
    'orders stays yellow: 1 replica(s) do not fit on 1 data node; every primary is there.',
  );
  expect(remarkOn({ name: 'orders', replicas: 3 }, 2)).toContain('3 replica(s) do not fit on 2 data nodes');
});
