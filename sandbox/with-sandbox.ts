import { written } from '../cli/output/written.ts';
import { exitCodeOf, explain } from './failure.ts';
import { unlessAborted } from './processes/unless-aborted.ts';
import { type Sandbox, startSandbox } from './sandbox.ts';

const exitCodes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

type Report = (line: string) => void;
type Work = (sandbox: Sandbox, signal: AbortSignal) => Promise<number>;

/**
 * Starts the sandbox, does the work, stops everything again and ends this process: when the work is done, when it fails,
 * and on Ctrl-C, a second one at once. (What a process leaves that is killed by force is ended by the guards of the
 * processes.)
 *
 * @param work answers the exit code
 */
export async function withSandbox(report: Report, work: Work): Promise<never> {
  const interruption = new AbortController();
  const interrupted = Promise.withResolvers<number>();
  for (const [signal, exitCode] of Object.entries(exitCodes)) {
    process.on(signal, () => {
      if (interruption.signal.aborted) process.exit(exitCode);
      interrupted.resolve(exitCode);
      report('Stopping what was started; Ctrl-C again ends at once');
      interruption.abort();
    });
  }
  const exitCode = await startAndWork(report, work, interruption.signal);
  await Promise.all([written(process.stdout), written(process.stderr)]);
  // Whatever the work, or a start that failed, has left open must not keep the process.
  process.exit(interruption.signal.aborted ? await interrupted.promise : exitCode);
}

async function startAndWork(report: Report, work: Work, signal: AbortSignal): Promise<number> {
  let sandbox: Sandbox | undefined;
  try {
    sandbox = await startSandbox(report, signal);
    return await unlessAborted(work(sandbox, signal), signal);
  } catch (error) {
    if (!signal.aborted) report(explain(error));
    return exitCodeOf(error);
  } finally {
    await sandbox?.stop();
  }
}
