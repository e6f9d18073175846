import { systemClock } from '../shared/adapters/system-clock.ts';
import { exitCodeOf, explain } from './failure.ts';
import { fetchParts } from './parts/fetch-parts.ts';
import { fetchCheckov } from './parts/python-part.ts';
import { projectSandboxFolder } from './processes/context.ts';
import { SandboxRun } from './processes/run.ts';

/** Fetches all that the tests need of the sandbox, so that they do not wait for it. */
const report = (line: string) => void process.stderr.write(`${line}\n`);
const run = await SandboxRun.open({ folder: projectSandboxFolder, report, clock: systemClock });
try {
  await fetchParts(run, ['opensearch', 'elasticsearch', 'secured-opensearch']);
  await fetchCheckov(run);
} catch (error) {
  report(explain(error));
  process.exitCode = exitCodeOf(error);
} finally {
  await run.stop();
}
