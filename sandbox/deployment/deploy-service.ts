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
  await withPackage(planFile, run, async (folder) => {
    await fitToEmulator(join(folder, packageFolder), planFile);
    report('Deploying the service');
    await runServerless(run, folder, ['deploy', '--package', packageFolder], endpoint);
  });
}

/**
 * Removes the service from the sandbox by the same `serverless remove` as from an account.
 *
 * @throws TandemError SANDBOX_DEPLOYMENT_FAILED, PLAN_FILE_INVALID
 */
export async function removeService({ endpoint, planFile }: Deployment, run: SandboxRun): Promise<void> {
  await withPackage(planFile, run, async (folder) => {
    run.context.report('Removing the service');
    await runServerless(run, folder, ['remove'], endpoint);
  });
}

/** The framework leaves its own traces where it works, so it gets a copy, which goes with the run. */
async function withPackage(planFile: string, run: SandboxRun, work: (folder: string) => Promise<void>): Promise<void> {
  const packaged = await packageService(planFile, run);
  const folder = await run.makeFolder('deployment');
  await cp(packaged, folder, { recursive: true });
  await work(folder);
}
