import type { SandboxRun } from '../processes/run.ts';
import type { EngineName } from './engines.ts';
import { findJava } from './java.ts';
import { findPython } from './python.ts';
import { fetchPython } from './python-part.ts';
import { fetchSearchEngine } from './search-part.ts';

/**
 * Fetches all that the sandbox needs, once: Python programs and search engines at the same time. Python and Java are
 * looked for before anything is fetched. Where one part fails the others are fetched to their end, and kept.
 *
 * @throws TandemError SANDBOX_JAVA_MISSING, SANDBOX_PYTHON_MISSING, SANDBOX_DOWNLOAD_FAILED, SANDBOX_PART_FAILED
 */
export async function fetchParts(run: SandboxRun, engines: EngineName[] = ['opensearch']): Promise<void> {
  await findPython();
  await findJava();
  const fetches = [fetchPython(run), ...engines.map((engine) => fetchSearchEngine(engine, run))];
  const outcomes = await Promise.allSettled(fetches);
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
}
