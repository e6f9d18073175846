import type { TestProject } from 'vitest/node';
import { startSandbox } from '../../sandbox/sandbox.ts';

declare module 'vitest' {
  interface ProvidedContext {
    deployed: {
      /** For AWS clients and for `npx tandem`. */
      environment: Record<string, string>;
      planFile: string;
      /** The search domain, which asks for signatures, and the server behind it, which does not. */
      domain: string;
      searchServer: string;
      /** Where the calls that the functions make of AWS, but for DynamoDB, are told. */
      recorder: string;
    };
  }
}

/** Starts the whole sandbox, with the service deployed into it, and stops it when the tests have ended. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const { environment, planFile, domain, searchServer, recorder, stop } = await startSandbox((line) =>
    project.vitest.logger.log(line),
  );
  project.provide('deployed', {
    environment,
    planFile,
    domain: domain.endpoint,
    searchServer,
    recorder: recorder.endpoint,
  });
  project.provide('miniStack', environment.AWS_ENDPOINT_URL ?? '');
  return stop;
}
