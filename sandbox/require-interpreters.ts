import { exitCodeOf, explain } from './failure.ts';
import { missingInterpreters } from './parts/interpreters.ts';

/** Says what the machine lacks before anything is begun that needs it. */
for (const error of await missingInterpreters()) {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = exitCodeOf(error);
}
