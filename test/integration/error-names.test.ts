import { beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import * as z from 'zod';
import { readFailure } from '../../shared/errors/description.ts';
import { execute } from '../support/executions.ts';
import { planFileOf, planNamed, writePlanFile } from '../support/plan-file-of-test.ts';
import { makeApplication, search } from '../support/shop.ts';
import { tandem } from '../support/tandem-command.ts';
import type { WorkflowRun } from '../support/workflow.ts';
import { World } from '../support/world.ts';

const { environment, planFile } = inject('deployed');
const aws = environment.AWS_ENDPOINT_URL ?? '';

const toldSchema = z.object({
  error: z.object({ name: z.string(), code: z.string(), step: z.string().optional() }),
});

/** The error that the command tells, and how it ends. */
async function run(config: string, ...command: string[]) {
  const { exitCode, json } = await tandem([...command, '--config', config], environment);
  return { exitCode, failure: toldSchema.parse(json).error };
}

function failureOf(error: string | undefined, cause: string | undefined) {
  const { name, code, step } = readFailure({ Error: error ?? '', Cause: cause ?? '' });
  return { name, code, step };
}

interface Mistake {
  what: string;
  workflow: 'backup' | 'restore';
  /** The input of an execution, and the command that comes to the same. */
  input: { plan: string; planHash?: string };
  command: string[];
  /** Makes it a mistake until the test has ended, in the sandbox and in memory. */
  arrange?: { sandbox(): Promise<void>; memory(world: World): Promise<void> };
  failure: { name: string; code: string; step: string };
  /** The command sees it by itself, and starts nothing. */
  seenByCommand?: true;
  exitCode: number;
}

const elsewhere = { type: 's3', settings: { bucket: 'elsewhere', base_path: 'app' } };

const mistakes: Mistake[] = [
  {
    what: 'a plan that does not exist',
    workflow: 'backup',
    input: { plan: 'nobody' },
    command: ['backup', 'nobody'],
    failure: { name: 'InvalidRequestError', code: 'PLAN_UNKNOWN', step: 'PlanBackup' },
    seenByCommand: true,
    exitCode: 2,
  },
  {
    what: 'a restore that nobody confirmed',
    workflow: 'restore',
    input: { plan: 'app' },
    command: ['restore', 'app'],
    failure: { name: 'GuardRefusedError', code: 'NOT_CONFIRMED', step: 'PlanRestore' },
    seenByCommand: true,
    exitCode: 3,
  },
  {
    what: 'a restore that was confirmed with the hash of something else',
    workflow: 'restore',
    input: { plan: 'app', planHash: 'of something else' },
    command: ['restore', 'app', '--plan-hash', 'of something else'],
    failure: { name: 'GuardRefusedError', code: 'PLAN_CHANGED', step: 'PlanRestore' },
    exitCode: 3,
  },
  {
    what: 'a repository that is registered with another bucket',
    workflow: 'backup',
    input: { plan: 'app' },
    command: ['backup', 'app'],
    arrange: {
      async sandbox() {
        await search('PUT', '/_snapshot/tandem?verify=false', elsewhere);
        // The next backup registers it again.
        onTestFinished(async () => void (await search('DELETE', '/_snapshot/tandem')));
      },
      memory: (world) => world.search.snapshots.register('tandem', elsewhere),
    },
    failure: { name: 'InvalidRequestError', code: 'REPOSITORY_CONFLICT', step: 'PlanBackup' },
    exitCode: 2,
  },
];

describe('a failure arrives under the same name, with the same code and step, wherever the workflow runs:', () => {
  beforeAll(async () => {
    await makeApplication();
    expect(await tandem(['backup', 'app', '--local', '--config', planFile], environment)).toMatchObject({
      exitCode: 0,
    });
  });

  it.each(mistakes)('$what', async ({ workflow, input, command, arrange, failure, seenByCommand, exitCode }) => {
    await arrange?.sandbox();

    const execution = await execute(aws, workflow, input);
    expect(execution).toMatchObject({ status: 'FAILED', error: failure.name });
    expect(failureOf(execution.error, execution.cause)).toEqual(failure);
    expect(execution.cause).toMatch(/^\[[A-Z_]+\] \w+: .+\nWhat to do: .+$/);

    const { step: _, ...withoutStep } = failure;
    const told = seenByCommand ? withoutStep : failure;
    for (const mode of [[], ['--local']]) {
      expect(await run(planFile, ...command, ...mode)).toEqual({ exitCode, failure: told });
    }

    const inMemory = await runInMemory(workflow, input, arrange);
    expect(failureOf(inMemory.failure?.Error, inMemory.failure?.Cause)).toEqual(failure);
  });

  it('a plan that the deployment does not know yet', async () => {
    const newer = await writePlanFile(
      planFileOf({ newer: planNamed('newer', { tables: ['shop-*'], indices: ['shop-*'] }) }),
    );

    expect(await run(newer, 'backup', 'newer')).toEqual({
      exitCode: 2,
      failure: { name: 'InvalidRequestError', code: 'PLAN_UNKNOWN', step: 'PlanBackup' },
    });
  });
});

async function runInMemory(
  workflow: Mistake['workflow'],
  input: object,
  arrange: Mistake['arrange'],
): Promise<WorkflowRun> {
  const world = new World().addTables(1).addIndices();
  await world.backup();
  await arrange?.memory(world);
  return world[workflow]({ ...input });
}
