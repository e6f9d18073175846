import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { planResources } from '../../resources/plan-resources.ts';
import { systemClock } from '../../shared/adapters/system-clock.ts';
import { parsePlanFile } from '../../shared/core/plan-file.ts';
import { projectSandboxFolder } from '../processes/context.ts';
import type { SandboxRun } from '../processes/run.ts';
import { fingerprint } from './fingerprint.ts';
import { runServerless } from './serverless-command.ts';

const project = resolve(import.meta.dirname, '../..');

/** Inside the project, so that what is in its node_modules is found from here too. */
const cache = join(projectSandboxFolder, 'packages');

/** What the service is made of: the rest of the project has no part in what is deployed. */
const sources = [
  'serverless.yml',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'functions',
  'resources',
  'shared',
  'statemachines',
];

/** The plan file's name in the project and in the functions' packages, whatever it is called outside. */
export const packagedPlanFile = 'tandem.yml';

/** Where the package lies in the folder that `packageService` answers. */
export const packageFolder = 'package';

/**
 * The service packaged with a plan file, by the same `serverless package` as for an account, in the folder of the run so
 * that nothing in the project is touched, and nothing half-made is left. What was packaged before from the same sources is used again, if its plan file made the same
 * template: the plan file in the functions' packages may then be another one.
 *
 * @returns a folder that holds the sources and the package; shared, so never to be changed
 * @throws TandemError SANDBOX_DEPLOYMENT_FAILED, PLAN_FILE_INVALID
 */
export async function packageService(planFile: string, run: SandboxRun): Promise<string> {
  const plan = await readFile(planFile, 'utf8');
  const template = JSON.stringify(planResources(parsePlanFile(plan, planFile)));
  await mkdir(cache, { recursive: true });
  const unfinished = await run.makeFolder('package');
  await Promise.all(sources.map((source) => cp(join(project, source), join(unfinished, source), { recursive: true })));
  const packaged = join(cache, await fingerprint(unfinished, template));
  if (existsSync(packaged)) return packaged;
  await cp(planFile, join(unfinished, packagedPlanFile));
  await runServerless(run, unfinished, ['package', '--package', packageFolder]);
  await keep(unfinished, packaged);
  await removeOld();
  return packaged;
}

/** What is a day old, which is made again when it is wanted. */
async function removeOld(): Promise<void> {
  const aDayAgo = systemClock.now().getTime() - 86_400_000;
  for (const name of await readdir(cache)) {
    const folder = join(cache, name);
    const { mtimeMs } = await stat(folder);
    if (mtimeMs < aDayAgo) await rm(folder, { recursive: true, force: true });
  }
}

/** Where another process has kept the same meanwhile, that one stays. */
async function keep(unfinished: string, packaged: string): Promise<void> {
  try {
    await rename(unfinished, packaged);
  } catch (error) {
    if (!existsSync(packaged)) throw error;
  }
}
