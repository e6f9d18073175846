import { TandemError } from '../shared/errors/tandem-error.ts';
import { type Sandbox, startSandbox } from './sandbox.ts';

const exitCodes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/**
 * Starts the sandbox, does the work and stops everything again: when the work is done, when it fails, and on Ctrl-C.
 * (What is killed by force is cleaned up by the guards of its processes.)
 *
 * @param work answers the exit code
 * @returns the exit code: 2 for what the person at the machine can mend (a missing Java, a port taken, a failed download)
 */
export async function withSandbox(
  report: (line: string) => void,
  work: (sandbox: Sandbox, signal: AbortSignal) => Promise<number>,
): Promise<number> {
  const interruption = new AbortController();
  const interrupted = Promise.withResolvers<number>();
  for (const [signal, exitCode] of Object.entries(exitCodes)) {
    process.once(signal, () => {
      interruption.abort();
      interrupted.resolve(exitCode);
    });
  }
  let sandbox: Sandbox | undefined;
  try {
    const starting = startSandbox(report).then((started) => {
      sandbox = started;
      return work(started, interruption.signal);
    });
    return await Promise.race([starting, interrupted.promise]);
  } catch (error) {
    report(explain(error));
    return error instanceof TandemError && error.name === 'InvalidRequestError' ? 2 : 1;
  } finally {
    await sandbox?.stop();
  }
}

function explain(error: unknown): string {
  if (error instanceof TandemError) return `${error.message} ${error.remedy}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
