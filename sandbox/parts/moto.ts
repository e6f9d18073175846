import type { SandboxRun } from '../processes/run.ts';
import type { Server } from '../processes/server.ts';
import { startEmulator } from './emulator.ts';

/**
 * Starts moto, a second and independent emulator of AWS, which has Application Auto Scaling; it is fetched first where
 * that was not done. Policies are not enforced.
 *
 * @throws TandemError what `startEmulator` throws
 */
export function startMoto(run: SandboxRun): Promise<Server> {
  return startEmulator(run, {
    name: 'moto',
    args: (port) => ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(port)],
    environment: async () => ({}),
    readyPath: '/moto-api/',
  });
}
