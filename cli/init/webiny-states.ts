import { readdir, stat } from 'node:fs/promises';
import { basename, join, resolve, sep } from 'node:path';
import { reasonOf, TandemError } from '../../shared/errors/tandem-error.ts';
import { unreadable } from './read-state.ts';
import { isSystemError } from './system-error.ts';

/** The state of one deployment of Webiny: of an environment, or of a variant of it. */
export interface WebinyState {
  env: string;
  variant: string | undefined;
  file: string;
  /** The folder of the project that it is in; undefined of a file that was copied from there. */
  project: string | undefined;
}

/** Where Pulumi keeps the states of an application in a project, newer versions first. */
const layouts: Layout[] = [
  (application) => `.pulumi/apps/${application}/.pulumi/stacks/${application}`,
  (application) => `.pulumi/apps/${application}/.pulumi/stacks`,
];

type Layout = (application: string) => string;

/** `.json.gz` where PULUMI_DIY_BACKEND_GZIP is set. Pulumi keeps others beside them, such as `.json.bak`. */
const stateName = /^(?<stack>[^.].*)\.json(\.gz)?$/;

/**
 * The states of the core application in a project folder, or the one state file that is named.
 *
 * @throws TandemError WEBINY_STATE_MISSING, and WEBINY_STATE_UNUSABLE where a folder cannot be read
 */
export async function findWebinyStates(path: string): Promise<WebinyState[]> {
  const there = await stat(path).catch((cause: unknown) => {
    throw new TandemError('WEBINY_STATE_MISSING', `There is no project and no state file: ${reasonOf(cause)}.`, {
      cause,
    });
  });
  if (!there.isDirectory()) return [stateIn(path, projectOf(path))];
  const found = await Promise.all(layouts.map((layout) => statesIn(path, layout)));
  // Pulumi leaves the older file behind where it moves a project to the newer layout.
  const olderFirst = found.toReversed().flat();
  const states = new Map(olderFirst.map((state) => [nameOf(state), state]));
  if (states.size > 0) return [...states.values()].sort((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1));
  const places = layouts.map((layout) => join(layout('core'), '<env>.json')).join(' or ');
  throw new TandemError('WEBINY_STATE_MISSING', `${path} holds no state of Webiny's core application (${places}).`);
}

/** How the options call a deployment. */
export function nameOf({ env, variant }: Pick<WebinyState, 'env' | 'variant'>): string {
  return variant === undefined ? `--env ${env}` : `--env ${env} --variant ${variant}`;
}

/** The state of the application that answers requests, of the same deployment. @returns the file, if there is one */
export async function apiStateOf({ file, project }: WebinyState): Promise<string | undefined> {
  if (project === undefined) return undefined;
  const found = await Promise.all(layouts.map((layout) => statesIn(project, layout, 'api')));
  return found.flat().find((state) => stackOf(state.file) === stackOf(file))?.file;
}

/** The files that lock a deployment for as long as it changes something. One that is killed leaves its file behind. */
export async function locksOf({ file, project }: WebinyState): Promise<string[]> {
  if (project === undefined) return [];
  const locks = join(project, '.pulumi/apps/core/.pulumi/locks');
  const names = await readdir(locks, { recursive: true }).catch(noneIn(locks));
  const isOfStack = (name: string) => name.endsWith('.json') && name.split(sep).at(-2) === stackOf(file);
  return names.filter(isOfStack).map((name) => join(locks, name));
}

async function statesIn(project: string, layout: Layout, application = 'core'): Promise<WebinyState[]> {
  const folder = join(project, layout(application));
  const entries = await readdir(folder, { withFileTypes: true }).catch(noneIn(folder));
  return entries
    .filter((entry) => !entry.isDirectory() && stateName.test(entry.name))
    .map(({ name }) => stateIn(join(folder, name), project));
}

/** The project of a state file that is named where Pulumi keeps it. */
function projectOf(file: string): string | undefined {
  return layouts.flatMap((layout) => {
    const end = join(sep, layout('core'), basename(file));
    const path = resolve(file);
    return path.endsWith(end) ? [path.slice(0, -end.length)] : [];
  })[0];
}

/** For the `.catch` of reading a folder, which may not be there. */
function noneIn(folder: string) {
  return (cause: unknown) => {
    if (isSystemError(cause, 'ENOENT')) return [];
    throw unreadable(folder, cause);
  };
}

function stackOf(file: string): string {
  const name = basename(file);
  return stateName.exec(name)?.groups?.stack ?? name;
}

/** The stack of a variant is called `<env>___<variant>`. */
function stateIn(file: string, project: WebinyState['project']): WebinyState {
  const [env = '', variant] = stackOf(file).split('___');
  return { env, variant, file, project };
}
