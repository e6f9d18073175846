import { openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { GuardedProcess } from '../../../sandbox/processes/guarded-process.ts';
import { runCommand } from '../../../sandbox/processes/run-command.ts';
import { isRunning, nextLine, startProgram } from '../../support/sandbox-processes/program.ts';
import { temporaryFolder, temporaryRun } from '../../support/sandbox-processes/temporary-sandbox.ts';

/** Starts a process in the background, tells both process ids, and waits. */
const family = 'sleep 600 & echo $! $$; wait';

async function idsIn(file: string): Promise<number[]> {
  await expect.poll(() => readFile(file, 'utf8')).toMatch(/^\d+ \d+\n$/);
  return (await readFile(file, 'utf8')).trim().split(' ').map(Number);
}

test.for(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGKILL'] as const)(
  'a command and what it started end when the process that launched it is ended by %s',
  async (signal) => {
    const folder = await temporaryFolder();
    const launcher = startProgram('hold-process.ts', folder, 'sh', '-c', family);
    await nextLine(launcher);
    const ids = await idsIn(join(folder, 'output'));
    expect(ids.map(isRunning)).toEqual([true, true]);

    launcher.kill(signal);
    await expect.poll(() => ids.map(isRunning)).toEqual([false, false]);
  },
);

test('a command is stopped with what it started', async () => {
  const folder = await temporaryFolder();
  const command = { command: 'sh', args: ['-c', family], environment: process.env, folder };
  const guarded = new GuardedProcess(command, openSync(join(folder, 'output'), 'a'));
  const ids = await idsIn(join(folder, 'output'));

  await guarded.stop();
  await expect.poll(() => ids.map(isRunning)).toEqual([false, false]);
});

test('a command that does not end when it is asked to is killed after its grace, and not before', async () => {
  const stubborn = async (graceMilliseconds: number) => {
    const folder = await temporaryFolder();
    const args = ['-c', `trap '' TERM; ${family}; wait`];
    const command = { command: 'sh', args, environment: process.env, folder, graceMilliseconds };
    const guarded = new GuardedProcess(command, openSync(join(folder, 'output'), 'a'));
    return { guarded, ids: await idsIn(join(folder, 'output')) };
  };
  const [hurried, patient] = [await stubborn(10), await stubborn(3_600_000)];
  const stopped = patient.guarded.stop();

  await hurried.guarded.stop();
  await expect.poll(() => hurried.ids.map(isRunning)).toEqual([false, false]);
  expect(patient.ids.map(isRunning)).toEqual([true, true]);
  // The guard ends what the shell leaves.
  process.kill(patient.ids[1] ?? Number.NaN, 'SIGKILL');
  await stopped;
});

test('what a command leaves running when it ends by itself ends too', async () => {
  const folder = await temporaryFolder();
  const command = { command: 'sh', args: ['-c', 'sleep 600 & echo $! $$; exit 3'], environment: process.env, folder };
  const guarded = new GuardedProcess(command, openSync(join(folder, 'output'), 'a'));
  expect(await guarded.ended).toBe(3);
  const ids = await idsIn(join(folder, 'output'));
  await expect.poll(() => ids.map(isRunning)).toEqual([false, false]);
});

test('each line of a command is handed on', async () => {
  const lines: string[] = [];
  const args = ['-c', 'echo one; echo two >&2; echo three'];
  const command = { command: 'sh', args, environment: process.env, folder: await temporaryFolder() };
  const { run } = await temporaryRun();
  await runCommand(run, command, (line) => lines.push(line));
  expect(lines.toSorted()).toEqual(['one', 'three', 'two']);
});

test('a command that fails is an error with the end of what it said', async () => {
  const args = ['-c', 'seq 1 100; echo no space left; exit 5'];
  const command = { command: 'sh', args, environment: process.env, folder: await temporaryFolder() };
  const running = runCommand((await temporaryRun()).run, command);
  await expect(running).rejects.toThrow(/^sh ended with exit code 5\.\n92\n(\d+\n)+no space left$/);
});

test('a command that is not there is an error', async () => {
  const folder = await temporaryFolder();
  const running = runCommand((await temporaryRun()).run, {
    command: 'no-such-command',
    args: [],
    environment: process.env,
    folder,
  });
  await expect(running).rejects.toThrow('no-such-command ENOENT');
});
