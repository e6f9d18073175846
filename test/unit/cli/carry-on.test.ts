import { expect, it } from 'vitest';
import { carryOnCommand } from '../../../cli/carry-on.ts';

const run = { workflow: 'restore', plan: 'app', run: 'restore-app-1', planHash: 'abc' } as const;

it('repeats the options that say where the run is', () => {
  const options = { local: false, stage: 'test', config: 'plans/tandem.yml' };

  expect(carryOnCommand(run, options)).toBe(
    'npx tandem restore app --run restore-app-1 --plan-hash abc --stage test --config plans/tandem.yml',
  );
});

it('leaves out what need not be said', () => {
  const options = { local: true, stage: undefined, config: undefined };

  expect(carryOnCommand({ ...run, workflow: 'backup', planHash: undefined }, options)).toBe(
    'npx tandem backup app --run restore-app-1 --local',
  );
});

it('can be pasted into a shell, whatever the path', () => {
  const options = { local: false, stage: undefined, config: "it's here/tandem.yml" };

  expect(carryOnCommand(run, options)).toMatch(/ --config 'it'\\''s here\/tandem\.yml'$/);
});
