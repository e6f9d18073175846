import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RestorePlan } from '../../../shared/contracts/restore-plan.ts';
import { planChanges } from '../../../shared/core/plan-changes.ts';
import { restorePlanHash } from '../../../shared/core/restore-plan.ts';

const at = '2026-11-22T02:00:00.000Z';
const nowhere = { from: 0, to: 0 };
const estimate = { dollars: 0, cost: [], seconds: nowhere, tables: nowhere, indices: nowhere, assumptions: [] };

function table(name: string, part: Partial<RestorePlan['tables'][number]> = {}): RestorePlan['tables'][number] {
  return {
    ...{ name, target: name, strategy: 'replace', action: 'replace', currentId: 'a', backupArn: `arn:${name}` },
    ...{ deletionProtected: false, settings: { back: [], not: [] }, triggers: [], current: null },
    recorded: { items: 1, bytes: 1, at },
    ...part,
  };
}

function index(name: string, part: Partial<RestorePlan['indices'][number]> = {}): RestorePlan['indices'][number] {
  return {
    ...{ name, target: name, strategy: 'replace', action: 'replace', currentId: 'u', aliases: [], current: null },
    ...{ currentName: name, becomesAlias: false },
    recorded: { documents: 1, bytes: 1, at },
    ...part,
  };
}

function plan(part: Partial<RestorePlan> = {}): RestorePlan {
  return {
    ...{
      plan: 'app',
      recoveryPoint: 'point-1',
      source: { kind: 'recoveryPoint' },
      toEndpoint: null,
      manifestHash: 'm',
      rename: null,
      keepOld: false,
    },
    ...{ strategies: { tables: 'replace', indices: 'replace' }, settingsBeside: false, writeUnits: null },
    ...{ tables: [table('app-1')], indices: [index('orders')], kept: { tables: [], indices: [] } },
    ...{
      sharedAliases: [],
      writers: { tables: [], mappings: [], functions: [] },
      safetyPoint: null,
      estimate,
      remarks: [],
    },
    ...part,
  };
}

const gone = { action: 'create', currentId: null } as const;

describe('what has changed since a plan was looked at', () => {
  test.for<[change: string, then: RestorePlan, now: RestorePlan]>([
    ['table app-1: was to be replaced (id a), does not exist now', plan(), plan({ tables: [table('app-1', gone)] })],
    [
      'table app-1: was to be created, exists now (id b), and is to be replaced',
      plan({ tables: [table('app-1', gone)] }),
      plan({ tables: [table('app-1', { currentId: 'b' })] }),
    ],
    [
      'table app-1: was to be replaced (id a), is another one now (id b)',
      plan(),
      plan({ tables: [table('app-1', { currentId: 'b' })] }),
    ],
    ['table app-1: was to be replaced (id a), is not part of the plan now', plan(), plan({ tables: [] })],
    [
      'table app-2: was not part of the plan, is to be created now',
      plan(),
      plan({ tables: [table('app-1'), table('app-2', gone)] }),
    ],
    [
      'table app-1: deletion protected was false, is true now',
      plan(),
      plan({ tables: [table('app-1', { deletionProtected: true })] }),
    ],
    [
      'table app-1: triggers was [], is [{"enabled":true,"functionArn":"arn:f","recorded":true,"uuid":null}] now',
      plan(),
      plan({
        tables: [table('app-1', { triggers: [{ functionArn: 'arn:f', uuid: null, recorded: true, enabled: true }] })],
      }),
    ],
    ['index orders: was to be replaced (id u), does not exist now', plan(), plan({ indices: [index('orders', gone)] })],
    [
      'index orders: aliases was [], is ["live"] now',
      plan(),
      plan({ indices: [index('orders', { aliases: ['live'] })] }),
    ],
    [
      'table late: was not there beside the plan, is there now and would be kept',
      plan(),
      plan({ kept: { tables: ['late'], indices: [] } }),
    ],
    [
      'index old: was to be kept, is not there beside the plan now',
      plan({ kept: { tables: [], indices: ['old'] } }),
      plan(),
    ],
    ['recovery point: was point-1, is point-2 now', plan(), plan({ recoveryPoint: 'point-2', manifestHash: 'n' })],
    ['recovery point point-1: its manifest is another one now', plan(), plan({ manifestHash: 'n' })],
    [
      'the plan: shared aliases was [], is [{"alias":"live","kept":["b"],"restored":["a"]}] now',
      plan(),
      plan({ sharedAliases: [{ alias: 'live', restored: ['a'], kept: ['b'] }] }),
    ],
  ])('is told: %s', ([change, then, now]) => {
    expect(planChanges(then, now)).toEqual([change]);
  });

  test('is nothing where only sizes, ages, estimate and remarks are others', () => {
    const current = { items: 7, bytes: 7, createdAt: at };
    expect(planChanges(plan(), plan({ tables: [table('app-1', { current })], remarks: ['x'] }))).toEqual([]);
  });

  test('is something exactly where the hash is another one', () => {
    const tables = fc.uniqueArray(
      fc
        .record({
          name: fc.constantFrom('a', 'b', 'c'),
          currentId: fc.constantFrom(null, 'x', 'y'),
          deletionProtected: fc.boolean(),
          backupArn: fc.constantFrom('one', 'two'),
        })
        .map(({ name, ...part }) => table(name, { ...part, action: part.currentId === null ? 'create' : 'replace' })),
      { selector: ({ name }) => name },
    );
    // In the order of the recovery point, whatever is asked for.
    const plans = fc
      .record({ tables, kept: fc.subarray(['p', 'q']), manifestHash: fc.constantFrom('m', 'n') })
      .map(({ kept, ...part }) =>
        plan({
          ...part,
          tables: part.tables.toSorted((one, other) => (one.name < other.name ? -1 : 1)),
          kept: { tables: kept, indices: [] },
        }),
      );
    fc.assert(
      fc.property(plans, plans, (then, now) => {
        expect(planChanges(then, now).length > 0).toBe(restorePlanHash(then) !== restorePlanHash(now));
      }),
    );
  });
});
