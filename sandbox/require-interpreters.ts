import { exitCodeOf, explain } from './failure.ts';
import { findJava } from './parts/java.ts';
import { findPython } from './parts/python.ts';

/** Says what the machine lacks before anything is begun that needs it. */
try {
  await findPython();
  await findJava();
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = exitCodeOf(error);
}
