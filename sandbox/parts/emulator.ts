import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { answerOf } from '../processes/answer.ts';
import { freePort } from '../processes/ports.ts';
import type { SandboxRun } from '../processes/run.ts';
import { type Server, startServer } from '../processes/server.ts';
import { fetchPython } from './python-part.ts';

/** What sets an emulator of AWS apart from another one. */
export interface Emulator {
  /** For people. */
  name: string;
  /** The arguments of Python that run it. */
  args(port: number): string[];
  /** Besides PATH, HOME and TMPDIR; where it sets one of these, its own counts. */
  environment(port: number, folder: string): Promise<NodeJS.ProcessEnv>;
  /** Answers once it is up. */
  readyPath: string;
}

/**
 * Starts an emulator of AWS, and fetches it first where that was not done.
 *
 * @throws TandemError what `fetchPython` throws, SANDBOX_PART_FAILED
 */
export async function startEmulator(run: SandboxRun, emulator: Emulator): Promise<Server> {
  const python = await fetchPython(run);
  return startServer(run, {
    name: emulator.name,
    choosePorts: async () => [await freePort()],
    prepare: async ({ ports: [chosen], folder }) => {
      const temporary = join(folder, 'tmp');
      await mkdir(temporary);
      const environment = await emulator.environment(chosen, folder);
      return {
        command: python,
        args: emulator.args(chosen),
        environment: { PATH: process.env.PATH, HOME: folder, TMPDIR: temporary, ...environment },
      };
    },
    isReady: async ({ ports: [chosen] }, log) => {
      const endpoint = `http://127.0.0.1:${chosen}`;
      return log.includes(`Running on ${endpoint}`) && (await answerOf(endpoint + emulator.readyPath)) !== undefined;
    },
  });
}
