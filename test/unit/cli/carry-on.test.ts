import { expect, it } from 'vitest';
import { carryOnCommand } from '../../../cli/carry-on.ts';

const run = { workflow: 'restore', plan: 'app', run: 'restore-app-1' } as const;
const given = { json: true, quiet: false, local: false };

it('repeats the options that say where the run is', () => {
  const options = { ...given, stage: 'test', config: 'plans/tandem.yml' };

  expect(carryOnCommand(run, { planHash: 'abc' }, options)).toBe(
    'npx tandem restore app --run=restore-app-1 --plan-hash=abc --stage=test --config=plans/tandem.yml',
  );
});

it('leaves out what need not be said', () => {
  expect(carryOnCommand({ ...run, workflow: 'backup' }, { planHash: undefined }, { ...given, local: true })).toBe(
    'npx tandem backup app --run=restore-app-1 --local',
  );
});

it('can be pasted into a shell, whatever the path', () => {
  const options = { ...given, config: "it's here/tandem.yml" };

  expect(carryOnCommand(run, { planHash: 'abc' }, options)).toMatch(/ --config='it'\\''s here\/tandem\.yml'$/);
});
