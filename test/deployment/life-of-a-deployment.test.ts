import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { IAMClient, ListRolesCommand } from '@aws-sdk/client-iam';
import { GetObjectCommand, HeadBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { ListSchedulesCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { ListStateMachinesCommand, SFNClient } from '@aws-sdk/client-sfn';
import { beforeAll, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { deployService, removeService } from '../../sandbox/deployment/deploy-service.ts';
import { startMiniStack } from '../../sandbox/parts/ministack.ts';
import { catalogBucket, sandboxPlanFile, snapshotBucket, snapshotRole } from '../../sandbox/plan-file.ts';
import { projectSandboxFolder } from '../../sandbox/processes/context.ts';
import { SandboxRun } from '../../sandbox/processes/run.ts';
import { systemClock } from '../../shared/adapters/system-clock.ts';
import { clientOf } from '../support/emulators.ts';

const report = () => {};
/** That of the sandbox, which is packaged already, and one with another plan alone, which has tables only, once a week. */
const whole = sandboxPlanFile('http://127.0.0.1:9200');
const users = { tables: { include: ['users'] }, schedule: { cron: 'rate(7 days)' } };
const changed = stringify({ version: 1, catalog: { bucket: catalogBucket }, plans: { users } });

/** An account of its own: what is deployed into the others' is not to be removed. */
let endpoint: string;
let run: SandboxRun;

beforeAll(async () => {
  run = await SandboxRun.open({ folder: projectSandboxFolder, report, clock: systemClock });
  ({ endpoint } = await startMiniStack(run));
  return () => run.stop();
});

/** A deployment with this plan file. */
async function deployment(text: string) {
  const planFile = join(run.folder, 'tandem.yml');
  await writeFile(planFile, text);
  return { endpoint, planFile };
}

/** What of the deployment there is in the account. */
async function deployed() {
  const client = clientOf(endpoint);
  const { Schedules = [] } = await new SchedulerClient(client).send(new ListSchedulesCommand());
  const { stateMachines = [] } = await new SFNClient(client).send(new ListStateMachinesCommand());
  const { Roles = [] } = await new IAMClient(client).send(new ListRolesCommand());
  return {
    schedules: Schedules.map(({ Name }) => Name).sort(),
    machines: stateMachines.map(({ name }) => name).sort(),
    roles: Roles.map(({ RoleName }) => RoleName),
  };
}

const machines = ['tandem-sandbox-backup', 'tandem-sandbox-restore'];

it('is made, changed with the plan file, and removed but for what nothing can make again', async () => {
  const s3 = new S3Client({ ...clientOf(endpoint), forcePathStyle: true });
  const manifest = { Bucket: catalogBucket, Key: 'recovery-points/app/manifest.json' };

  await deployService(await deployment(whole), run);
  const made = await deployed();
  expect(made).toMatchObject({ schedules: ['tandem-sandbox-app'], machines });
  expect(made.roles).toContain(snapshotRole);
  await s3.send(new PutObjectCommand({ ...manifest, Body: '{}' }));

  await deployService(await deployment(changed), run);
  const other = await deployed();
  expect(other).toMatchObject({ schedules: ['tandem-sandbox-users', 'tandem-sandbox-users.age'], machines });
  expect(other.roles).not.toContain(snapshotRole);

  await removeService(await deployment(changed), run);
  expect(await deployed()).toEqual({ schedules: [], machines: [], roles: [] });
  await expect(s3.send(new GetObjectCommand(manifest))).resolves.toBeDefined();
  await expect(s3.send(new HeadBucketCommand({ Bucket: snapshotBucket }))).resolves.toBeDefined();

  await expect(deployService(await deployment(changed), run)).rejects.toMatchObject({
    message: expect.stringMatching(new RegExp(`${catalogBucket} is there already.*\n.*catalog.existing: true`)),
  });
  expect(await deployed()).toEqual({ schedules: [], machines: [], roles: [] });
});
