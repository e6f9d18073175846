import { stringify } from 'yaml';
import { planFileSchema } from '../../shared/contracts/plan-file.ts';
import { wantedSettings } from '../../shared/core/repository.ts';
import { CommandLine } from './command-line.ts';
import { catalog, usualSearch as search, World } from './world.ts';

/** What a plan file holds beside its usual parts. */
export interface PlanChanges {
  search?: object | null;
  tables?: object | null;
  schedule?: object | null;
  alerts?: object;
  kmsKey?: string;
  plans?: object;
}

/** The text of the plan file of a healthy deployment, but for the changes. */
export function planFileText({ plans = {}, kmsKey, ...changes }: PlanChanges = {}): string {
  const app = {
    tables: { include: ['app-*'] },
    schedule: { cron: 'cron(0 2 * * ? *)', timezone: 'Europe/Amsterdam' },
    alerts: { topic: 'arn:aws:sns:eu-west-1:111122223333:alerts', email: ['ops@example.org'] },
    ...changes,
    search: changes.search === null ? null : { ...search, ...changes.search },
  };
  const own = Object.fromEntries(Object.entries(app).filter(([, part]) => part !== null));
  return stringify({
    version: 1,
    catalog: { bucket: catalog },
    ...(kmsKey === undefined ? {} : { kmsKey }),
    plans: { app: own, ...plans },
  });
}

/** A deployment with nothing wrong with it: backed up an instant ago, its repository as the plan says. */
export async function healthyDeployment(machines?: string[]): Promise<CommandLine> {
  const cli = new CommandLine(new World().addTables(2).addIndices(), machines);
  cli.world.planFile = planFileText();
  const { failure } = await cli.world.backup();
  if (failure !== undefined) throw new Error(failure.Cause);
  cli.account.caller = {
    id: '111122223333',
    arn: 'arn:aws:iam::111122223333:user/operator',
    answeredAt: cli.world.clock.now(),
  };
  return cli;
}

/** The settings that the plan of a healthy deployment has its repository registered with. */
export function plannedSettings(): Record<string, string> {
  const file = planFileSchema.parse({ version: 1, catalog: { bucket: catalog }, plans: { app: { search } } });
  const repository = file.plans.app?.search?.repository;
  if (repository === undefined) throw new Error('The plan has no repository.');
  return wantedSettings(repository);
}
