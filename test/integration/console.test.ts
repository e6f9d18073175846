import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { type ApplicationState, compareApplications, readApplication } from '../../sandbox/demo/application-state.ts';
import { damageApplication } from '../../sandbox/demo/damage.ts';
import { restoreStateSchema } from '../../shared/contracts/steps.ts';
import { openAlertInbox } from '../support/alert-inbox.ts';
import { execute } from '../support/executions.ts';
import { dynamodb, makeApplication, search } from '../support/shop.ts';

const aws = inject('deployed').environment.AWS_ENDPOINT_URL ?? '';

async function event(name: string): Promise<object> {
  return JSON.parse(await readFile(new URL(`../../events/${name}.json`, import.meta.url), 'utf8'));
}

describe('the inputs of events/, pasted into the console', () => {
  let before: ApplicationState;
  const differences = async () => compareApplications(before, await readApplication(dynamodb, search));

  beforeAll(async () => {
    before = await makeApplication();
  });

  it('back up, show the plan of a restore, and restore once the hash of that plan is filled in', async () => {
    expect(await execute(aws, 'backup', await event('backup-now'))).toMatchObject({ status: 'SUCCEEDED' });
    await damageApplication(dynamodb, search);
    const damage = await differences();

    const dryRun = await execute(aws, 'restore', await event('restore-dry-run'));
    expect(dryRun.status).toBe('SUCCEEDED');
    expect(await differences()).toEqual(damage);

    const { planHash } = restoreStateSchema.parse(JSON.parse(dryRun.output ?? ''));
    const confirmed = { ...(await event('restore-confirmed')), planHash };
    expect(await execute(aws, 'restore', confirmed)).toMatchObject({ status: 'SUCCEEDED' });
    expect(await differences()).toEqual([]);
  });

  it('touch nothing while the hash is not filled in, and one alert says so', async () => {
    const inbox = await openAlertInbox(aws);

    const refused = await execute(aws, 'restore', await event('restore-confirmed'));

    expect(refused).toMatchObject({ status: 'FAILED', error: 'GuardRefusedError' });
    expect(refused.cause).toContain('[PLAN_CHANGED] PlanRestore: ');
    expect(await inbox()).toEqual([
      { Subject: expect.stringContaining('app'), Message: expect.stringContaining('Step: PlanRestore') },
    ]);
    expect(await differences()).toEqual([]);
  });
});
