import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { TandemError } from '../../shared/errors/tandem-error.ts';

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
  const there = await stat(path).catch((cause) => {
    throw new TandemError('WEBINY_STATE_MISSING', `There is neither a project nor a state file at ${path}.`, { cause });
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
export async function readState({ file }: WebinyState): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new TandemError('WEBINY_STATE_UNUSABLE', `${file} cannot be read: ${why}.`, {
      cause,
      remedy: 'Make the file readable for you, then try again.',
    });
  }
}

async function stateFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => !entry.isDirectory() && /^[^.].*\.json$/.test(entry.name))
    .map(({ name }) => join(folder, name));
}

/** A variant's file is `<env>___<variant>.json`. */
function stateIn(file: string): WebinyState {
  const [env = '', variant] = basename(file, '.json').split('___');
  return { env, variant, file };
}
