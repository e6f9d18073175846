import { describe, expect, test } from 'vitest';
import { changeProblems, consentProblems } from '../../../shared/core/restore-consent.ts';
import { makeRestorePlan, restorePlanHash } from '../../../shared/core/restore-plan.ts';
import { restoreSteps } from '../../../shared/core/restore-steps.ts';
import { sampleManifest } from '../../support/sample-manifest.ts';

const nothing = {
  tables: new Map(),
  indices: new Map(),
  aliases: new Map(),
  matched: { tables: [], indices: [] },
  dataNodes: 1,
  writers: { tables: [], mappings: [], functions: [] },
};
const strategies = { tables: 'replace', indices: 'replace' } as const;
const manifest = sampleManifest();
const options = { strategies, writeUnits: 1_000 };
const planOf = (tables: string[]) => {
  const steps = restoreSteps(manifest, { tables, indices: [] }, nothing, options);
  return makeRestorePlan(manifest, steps, nothing, { ...options, wanted: false, unsaved: [] });
};
const hashed = (tables: string[]) => ({ restorePlan: planOf(tables), planHash: restorePlanHash(planOf(tables)) });
const [now, then] = [hashed(['app-orders']), hashed([])];

describe('a restore is', () => {
  test('confirmed by the hash of its plan', () => {
    expect(consentProblems(now, { planHash: now.planHash, confirmed: false }, undefined)).toEqual([]);
  });

  test('confirmed without a look at the plan', () => {
    expect(consentProblems(now, { confirmed: true }, undefined)).toEqual([]);
  });

  test('not confirmed by nothing; the hash that would is named', () => {
    expect(consentProblems(now, { confirmed: false }, undefined)).toEqual([
      expect.objectContaining({ code: 'NOT_CONFIRMED', message: expect.stringContaining(now.planHash) }),
    ]);
  });

  test.for([true, false])('not confirmed by the hash of another plan, with --yes (%s) or without', (confirmed) => {
    const [problem] = consentProblems(now, { planHash: then.planHash, confirmed }, then.restorePlan);

    expect(problem).toMatchObject({ code: 'PLAN_CHANGED', name: 'GuardRefusedError' });
    expect(problem?.message.split('\n')).toEqual([
      `The plan that was confirmed has the hash ${then.planHash}; it would be ${now.planHash} now. Since then:`,
      '  table app-orders: was not part of the plan, is to be created now',
    ]);
  });

  test('not confirmed by a hash that nobody knows; that of the present plan is named', () => {
    const [problem] = consentProblems(now, { planHash: 'xyz', confirmed: true }, undefined);

    expect(problem).toMatchObject({ code: 'PLAN_CHANGED', message: expect.stringMatching(/xyz.*knows no plan/) });
    expect(problem?.message).toContain(now.planHash);
  });
});

test('a run that has changed nothing yet goes on only with what it was settled to do', () => {
  expect(changeProblems(now, { ...now, run: 'look' })).toEqual([]);
  expect(changeProblems(now, { ...then, run: 'look' })).toEqual([
    expect.objectContaining({
      code: 'PLAN_CHANGED',
      message: expect.stringContaining('table app-orders: was not part of the plan, is to be created now'),
    }),
  ]);
});
