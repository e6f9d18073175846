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

test('what is kept is stopped with the run, and so is what was still being started', async () => {
  const run = await open(await temporarySandbox());
  const stopped: string[] = [];
  const part = (name: string) => ({ stop: async () => void stopped.push(name) });
  const starting = Promise.withResolvers<ReturnType<typeof part>>();
  await run.keep(Promise.resolve(part('up')));
  const late = run.keep(starting.promise);

  await run.stop();
  expect(stopped).toEqual(['up']);
  starting.resolve(part('late'));
  await expect(late).rejects.toThrow('This run of the sandbox is stopped.');
  expect(stopped).toEqual(['up', 'late']);
});
