import { resolve } from 'node:path';
import type { Clock } from '../../shared/ports/clock.ts';

/** What everything that fetches, starts and stops parts of the sandbox is handed. */
export interface SandboxContext {
  /** Where the parts and what they write while they run are kept: nothing is written outside it. */
  folder: string;
  /** Is told what is going on, a line at a time, for people. */
  report: (line: string) => void;
  clock: Clock;
}

/** The project's own, which git ignores. */
export const projectSandboxFolder = resolve(import.meta.dirname, '../../.sandbox');
