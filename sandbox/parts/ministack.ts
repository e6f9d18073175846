import { join, resolve } from 'node:path';
import type { SandboxRun } from '../processes/run.ts';
import type { Server } from '../processes/server.ts';
import { startEmulator } from './emulator.ts';

export interface MiniStackOptions {
  /**
   * What MiniStack gets into its environment, and with it every function of a `provided` runtime. It is handed the
   * endpoint before anything listens there, and again with another one if that port was taken meanwhile.
   */
  environment?: (endpoint: string) => Promise<Record<string, string>>;
}

/** Functions run on the Node of the project. */
const projectCommands = resolve(import.meta.dirname, '../../node_modules/.bin');

/**
 * Starts an AWS, and fetches it first where that was not done. Policies are enforced, the root key is test / test, and
 * waits of state machines take a tenth of their time.
 *
 * @throws TandemError what `startEmulator` throws
 */
export function startMiniStack(run: SandboxRun, { environment }: MiniStackOptions = {}): Promise<Server> {
  const emulator = {
    name: 'MiniStack',
    args: () => [join(import.meta.dirname, 'run_ministack.py')],
    environment: async (chosen: number, folder: string) => ({
      PATH: `${projectCommands}:${process.env.PATH}`,
      S3_DATA_DIR: join(folder, 's3'),
      STATE_DIR: join(folder, 'state'),
      AUTH: 'true',
      BIND_HOST: '127.0.0.1',
      GATEWAY_PORT: String(chosen),
      SFN_WAIT_SCALE: '0.1',
      // Both listen on all addresses.
      SFTP_ENABLED: '0',
      IOT_MTLS_ENABLED: '0',
      ...(await environment?.(`http://127.0.0.1:${chosen}`)),
    }),
    readyPath: '/_ministack/ready',
  };
  return startEmulator(run, emulator);
}
