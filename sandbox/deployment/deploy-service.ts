import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import type { SandboxRun } from '../processes/run.ts';
import { fitToEmulator } from './emulated-package.ts';
import { runServerless } from './serverless-command.ts';
import { packageFolder, packageService } from './service-package.ts';

export interface Deployment {
  /** The address of the AWS to deploy into. */
  endpoint: string;
  /** The path of the plan file that the functions read. */
  planFile: string;
}

/**
 * Deploys the service into the sandbox, or updates it there, by the same `serverless deploy` as into an account.
 *
 * @throws TandemError SANDBOX_DEPLOYMENT_FAILED, PLAN_FILE_INVALID
 */
export async function deployService({ endpoint, planFile }: Deployment, run: SandboxRun): Promise<void> {
  const { report } = run.context;
  report('Packaging the service');
  const packaged = await packageService(planFile, run);
  // The framework leaves its own traces where it deploys from.
  const folder = await run.makeFolder('deployment');
  await cp(packaged, folder, { recursive: true });
  await fitToEmulator(join(folder, packageFolder), planFile);
  report('Deploying the service');
  await runServerless(run, folder, ['deploy', '--package', packageFolder], endpoint);
}
