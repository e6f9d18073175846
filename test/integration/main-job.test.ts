import { beforeAll, describe, expect, inject, it } from 'vitest';
import { type ApplicationState, compareApplications, readApplication } from '../../sandbox/demo/application-state.ts';
import { damageApplication } from '../../sandbox/demo/damage.ts';
import { dynamodb, makeApplication, search } from '../support/shop.ts';
import { tandem } from '../support/tandem-command.ts';

const { environment, planFile } = inject('deployed');

describe.each([
  ['deployed', []],
  ['in this process', ['--local']],
])('the main job, %s', (_place, mode) => {
  const run = (...parameters: string[]) => tandem([...parameters, ...mode, '--config', planFile], environment);
  let before: ApplicationState;

  beforeAll(async () => {
    before = await makeApplication();
  });

  it('backs up, and brings everything back that was damaged', async () => {
    const backup = await run('backup', 'app');
    expect(backup).toMatchObject({ exitCode: 0, json: { state: 'COMPLETE', plan: 'app' } });

    await damageApplication(dynamodb, search);
    expect(compareApplications(before, await readApplication(dynamodb, search))).not.toEqual([]);

    const restore = await run('restore', 'app', '--point', 'latest', '--yes');
    expect(restore).toMatchObject({ exitCode: 0, json: { state: 'COMPLETE', differences: [] } });
    expect(compareApplications(before, await readApplication(dynamodb, search))).toEqual([]);
  });

  it('shows the plan of a restore without touching anything', async () => {
    const answer = await run('restore', 'app', '--dry-run');

    expect(answer).toMatchObject({
      exitCode: 0,
      json: { state: 'PLANNED', plan: { tables: [{ action: 'replace' }, {}, {}], indices: [{}, {}, {}, {}] } },
    });
    expect(compareApplications(before, await readApplication(dynamodb, search))).toEqual([]);
  });

  it('refuses what is not confirmed', async () => {
    const answer = await run('restore', 'app');

    expect(answer).toMatchObject({ exitCode: 3, json: { error: { code: 'NOT_CONFIRMED' } } });
  });

  it('lists the newest recovery point first', async () => {
    const { json } = await run('list', 'app');

    expect(json).toHaveProperty('0.tables', 3);
  });
});
