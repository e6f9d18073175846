import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { reasonOf, TandemError } from '../../shared/errors/tandem-error.ts';

/** The state of one deployment of Webiny: of an environment, or of a variant of it. */
export interface WebinyState {
  env: string;
  variant: string | undefined;
  file: string;
}

/** Where Pulumi keeps the states of the core application in a project, newer versions first. */
const folders = ['.pulumi/apps/core/.pulumi/stacks/core', '.pulumi/apps/core/.pulumi/stacks'];

/**
 * The states in a project folder, or the one state file that is named.
 *
 * @throws TandemError WEBINY_STATE_MISSING
 */
export async function findWebinyStates(path: string): Promise<WebinyState[]> {
  const there = await stat(path).catch((cause: unknown) => {
    throw new TandemError('WEBINY_STATE_MISSING', `There is no project and no state file: ${reasonOf(cause)}.`, {
      cause,
    });
  });
  if (!there.isDirectory()) return [stateIn(path)];
  const files = (await Promise.all(folders.map((folder) => stateFiles(join(path, folder))))).flat();
  // Pulumi leaves the older file behind where it moves a project to the newer layout.
  const states = new Map(files.toReversed().map((file) => [basename(file), stateIn(file)]));
  if (states.size > 0) return [...states.values()].sort((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1));
  const places = folders.map((folder) => join(folder, '<env>.json')).join(' or ');
  throw new TandemError('WEBINY_STATE_MISSING', `${path} holds no state of Webiny's core application (${places}).`);
}

/** How the options call a deployment. */
export function nameOf({ env, variant }: Pick<WebinyState, 'env' | 'variant'>): string {
  return variant === undefined ? `--env ${env}` : `--env ${env} --variant ${variant}`;
}

/** @throws TandemError WEBINY_STATE_UNUSABLE where it cannot be read */
export function readState({ file }: WebinyState): Promise<string> {
  return readFile(file, 'utf8').catch((cause: unknown) => {
    throw unreadable(file, cause);
  });
}

async function stateFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return [];
    throw unreadable(folder, cause);
  });
  return entries
    .filter((entry) => !entry.isDirectory() && /^[^.].*\.json$/.test(entry.name))
    .map(({ name }) => join(folder, name));
}

function unreadable(path: string, cause: unknown): TandemError {
  return new TandemError('WEBINY_STATE_UNUSABLE', `${path} cannot be read: ${reasonOf(cause)}.`, {
    cause,
    remedy: 'Make it readable for you, then try again.',
  });
}

/** A variant's file is `<env>___<variant>.json`. */
function stateIn(file: string): WebinyState {
  const [env = '', variant] = basename(file, '.json').split('___');
  return { env, variant, file };
}
