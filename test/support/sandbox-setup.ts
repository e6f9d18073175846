import type { TestProject } from 'vitest/node';
import { startMiniStack } from '../../sandbox/parts/ministack.ts';
import { startMoto } from '../../sandbox/parts/moto.ts';
import { startSearchEngine } from '../../sandbox/parts/search-part.ts';
import { projectSandboxFolder } from '../../sandbox/processes/context.ts';
import { SandboxRun } from '../../sandbox/processes/run.ts';
import { systemClock } from '../../shared/adapters/system-clock.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The endpoints of two emulators of AWS that know nothing of each other. */
    miniStack: string;
    moto: string;
    /** The endpoints of two search engines, of one node each. */
    openSearch: string;
    elasticsearch: string;
    /** One with the real security plugin. */
    securedOpenSearch: string;
  }
}

/** Starts the parts of the sandbox that the tests of a project run on, and stops them when the tests have ended. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const report = (line: string) => project.vitest.logger.log(line);
  const run = await SandboxRun.open({ folder: projectSandboxFolder, report, clock: systemClock });
  try {
    const [miniStack, moto, openSearch, elasticsearch, secured] = await Promise.all([
      startMiniStack(run),
      startMoto(run),
      startSearchEngine(run, 'opensearch'),
      startSearchEngine(run, 'elasticsearch'),
      startSearchEngine(run, 'secured-opensearch'),
    ]);
    project.provide('miniStack', miniStack.endpoint);
    project.provide('moto', moto.endpoint);
    project.provide('openSearch', openSearch.endpoint);
    project.provide('elasticsearch', elasticsearch.endpoint);
    project.provide('securedOpenSearch', secured.endpoint);
  } catch (error) {
    await run.stop();
    throw error;
  }
  return () => run.stop();
}
