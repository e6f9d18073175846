import { existsSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { SandboxRun } from '../../../sandbox/processes/run.ts';
import { killOutright, nextLine, startProgram } from '../../support/sandbox-processes/program.ts';
import { temporarySandbox } from '../../support/sandbox-processes/temporary-sandbox.ts';

async function open(context: Awaited<ReturnType<typeof temporarySandbox>>): Promise<SandboxRun> {
  const run = await SandboxRun.open(context);
  onTestFinished(() => run.stop());
  return run;
}

test('a new run removes what a killed one left, and leaves those that go on', async () => {
  const context = await temporarySandbox();
  const going = await open(context);
  const other = startProgram('hold-process.ts', context.folder, 'sleep', '600');
  const left = await nextLine(other);

  await open(context);
  expect([going.folder, left].map(existsSync)).toEqual([true, true]);

  await killOutright(other);
  await open(context);
  expect([going.folder, left].map(existsSync)).toEqual([true, false]);
});
