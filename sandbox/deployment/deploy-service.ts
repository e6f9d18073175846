import { cp, mkdtemp, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fitToEmulator } from './emulated-package.ts';
import { runServerless } from './serverless-command.ts';
import { packageFolder, packageService } from './service-package.ts';

export interface Deployment {
  /** The address of the AWS to deploy into. */
  endpoint: string;
  /** The path of the plan file that the functions read. */
  planFile: string;
  /** Gets a line for each part of the work as it begins. */
  report(line: string): void;
}

/**
 * Deploys the service into the sandbox, or updates it there, by the same `serverless deploy` as into an account.
 *
 * @throws TandemError SANDBOX_DEPLOYMENT_FAILED, PLAN_FILE_INVALID
 */
export async function deployService({ endpoint, planFile, report }: Deployment): Promise<void> {
  report('Packaging the service');
  await withPackage(planFile, async (folder) => {
    await fitToEmulator(join(folder, packageFolder), planFile);
    report('Deploying the service');
    await runServerless(folder, ['deploy', '--package', packageFolder], endpoint);
  });
}

/**
 * Removes the service from the sandbox by the same `serverless remove` as from an account.
 *
 * @throws TandemError SANDBOX_DEPLOYMENT_FAILED, PLAN_FILE_INVALID
 */
export async function removeService({ endpoint, planFile, report }: Deployment): Promise<void> {
  await withPackage(planFile, async (folder) => {
    report('Removing the service');
    await runServerless(folder, ['remove'], endpoint);
  });
}

/** The framework leaves its own traces where it works, so it gets a copy. */
async function withPackage(planFile: string, work: (folder: string) => Promise<void>): Promise<void> {
  const packaged = await packageService(planFile);
  const folder = await mkdtemp(join(dirname(packaged), 'deploying-'));
  try {
    await cp(packaged, folder, { recursive: true });
    await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
