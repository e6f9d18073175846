import { basename, isAbsolute, relative, resolve } from 'node:path';
import { shellWord } from '../../shared/core/shell-word.ts';
import type { Application } from './application.ts';

/**
 * The commands that lead from a new plan file to the first recovery point.
 *
 * @param plan the plan's name
 * @param path of the plan file, as it was given
 * @param projectFolder a deployment is made there, and takes no plan file from elsewhere
 */
export function nextSteps(
  { account, regionToSet, search }: Pick<Application, 'account' | 'regionToSet' | 'search'>,
  plan: string,
  path: string,
  projectFolder: string,
): string[] {
  const inProject = relative(projectFolder, resolve(path));
  const isOutside = inProject.startsWith('..') || isAbsolute(inProject);
  const file = isOutside ? basename(path) : inProject;
  const isUsual = file === 'tandem.yml';
  const config = isUsual ? '' : ` --config ${shellWord(file)}`;
  const deploy = `npm run deploy -- --stage prod --region ${account.region}`;
  return [
    ...(isOutside ? [`mv -i ${shellWord(path)} ${shellWord(projectFolder)}`] : []),
    ...(resolve() === projectFolder ? [] : [`cd ${shellWord(projectFolder)}`]),
    ...(regionToSet === undefined ? [] : [`export AWS_REGION=${regionToSet}`]),
    isUsual ? deploy : `TANDEM_CONFIG=${shellWord(file)} ${deploy}`,
    ...(search === undefined ? [] : [`npx tandem setup ${plan}${config}`]),
    `npx tandem doctor ${plan}${config}`,
    `npx tandem backup ${plan}${config}`,
  ];
}
