import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { SandboxContext } from '../../../sandbox/processes/context.ts';
import { SandboxRun } from '../../../sandbox/processes/run.ts';
import { systemClock } from '../../../shared/adapters/system-clock.ts';

/** A folder that is removed after the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tandem-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 20 }));
  return folder;
}

/** An empty sandbox, and what it reports. */
export async function temporarySandbox(): Promise<SandboxContext & { reports: string[] }> {
  const reports: string[] = [];
  return { folder: await temporaryFolder(), report: (line) => reports.push(line), clock: systemClock, reports };
}

/** A run of an empty sandbox, stopped after the test. */
export async function temporaryRun() {
  const context = await temporarySandbox();
  const run = await SandboxRun.open(context);
  onTestFinished(() => run.stop());
  return { run, context };
}
