import type { NewPlanFile } from '../../shared/core/plan-file-text.ts';
import type { Application } from '../init/application.ts';
import { nextSteps } from '../init/next-steps.ts';
import type { Answer } from './answer.ts';
import type { Colors } from './colors.ts';
import { counted, someOf } from './words.ts';

/** What `tandem init` answers: what it wrote, and how to go on. */
export function initAnswer(
  application: Application,
  file: NewPlanFile,
  { path, projectFolder }: { path: string; projectFolder: string },
): Answer {
  const { account, tableNames, outside } = application;
  const { search, ...plan } = file.plan;
  const warnings = warningsOf(application, file);
  const steps = nextSteps(application, file.name, path, projectFolder);
  const document = {
    file: path,
    account: account.id,
    region: account.region,
    catalogBucket: file.catalogBucket,
    plan: file.name,
    tables: plan.tables === undefined ? null : { ...plan.tables, names: tableNames },
    search: search === undefined ? null : { domain: application.search?.domain, ...search },
    schedule: plan.schedule,
    retention: plan.retention,
    email: plan.alerts.email,
    outside,
    warnings,
    nextSteps: steps,
  };
  return { document, text: (colors) => textOf(application, file, { path, warnings, steps }, colors) };
}

function textOf(
  { account, tableNames, search, outside }: Application,
  { name, plan }: NewPlanFile,
  { path, warnings, steps }: { path: string; warnings: string[]; steps: string[] },
  colors: Colors,
): string {
  const about = search?.about === undefined ? '' : ` (${search.about})`;
  return [
    `${colors.bold(path)} is ${colors.green('written')}: plan ${name} of account ${account.id} in ${account.region}.`,
    ...(tableNames.length === 0 ? [] : [`  ${counted(tableNames.length, 'table')}: ${someOf(tableNames, 5)}`]),
    ...(search === undefined ? [] : [`  search domain ${search.domain}${about}`]),
    `  ${plan.schedule?.cron} in ${plan.schedule?.timezone}`,
    ...(outside.length === 0 ? [] : ['In no recovery point are:']),
    ...outside.map(({ what, id }) => `  ${what} ${id}`),
    ...warnings.map((warning) => `${colors.yellow('warning:')} ${warning}`),
    colors.bold('What to do next:'),
    ...steps.map((step) => `  ${step}`),
  ].join('\n');
}

function warningsOf({ warnings }: Application, { plan }: NewPlanFile): string[] {
  if (plan.alerts.email.length > 0) return warnings;
  return [...warnings, 'Nobody hears of a run that failed: add an address to alerts.email.'];
}
