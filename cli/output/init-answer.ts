import type { NewPlanFile } from '../../shared/core/plan-file-text.ts';
import { shellWord } from '../../shared/core/shell-word.ts';
import type { Application } from '../init/application.ts';
import type { Answer } from './answer.ts';
import type { Colors } from './colors.ts';
import { counted, someOf } from './words.ts';

/** What `tandem init` answers: what it wrote, and how to go on. */
export function initAnswer(application: Application, file: NewPlanFile, path: string): Answer {
  const { account, tableNames, outside } = application;
  const { search, ...plan } = file.plan;
  const warnings = warningsOf(application, file);
  const nextSteps = stepsFrom(application, file, path);
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
    nextSteps,
  };
  return { document, text: (colors) => textOf(application, file, { path, warnings, nextSteps }, colors) };
}

function textOf(
  { account, tableNames, search, outside }: Application,
  { name, plan }: NewPlanFile,
  { path, warnings, nextSteps }: { path: string; warnings: string[]; nextSteps: string[] },
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
    ...nextSteps.map((step) => `  ${step}`),
  ].join('\n');
}

function warningsOf({ warnings }: Application, { plan }: NewPlanFile): string[] {
  if (plan.alerts.email.length > 0) return warnings;
  return [...warnings, 'Nobody hears of a run that failed: add an address to alerts.email.'];
}

/** The commands that lead from the file to the first recovery point. */
function stepsFrom({ account, search }: Application, { name }: NewPlanFile, path: string): string[] {
  const isUsual = path === 'tandem.yml';
  const config = isUsual ? '' : ` --config ${shellWord(path)}`;
  const deploy = `npm run deploy -- --stage prod --region ${account.region}`;
  return [
    isUsual ? deploy : `TANDEM_CONFIG=${shellWord(path)} ${deploy}`,
    ...(search === undefined ? [] : [`npx tandem setup ${name}${config}`]),
    `npx tandem doctor ${name}${config}`,
    `npx tandem backup ${name}${config}`,
  ];
}
