import { readWebinyApplication, type WebinyApplication } from '../../shared/core/webiny-application.ts';
import { readWebinyState } from '../../shared/core/webiny-state.ts';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import type { InitOptions } from '../options.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Application } from './application.ts';
import { findWebinySearch } from './find-webiny-search.ts';
import type { Interview } from './interview.ts';
import { planNameFor } from './plan-name.ts';
import { readState } from './read-state.ts';
import { apiStateOf, findWebinyStates, locksOf, nameOf, type WebinyState } from './webiny-states.ts';

/**
 * Finds out what a Webiny application keeps, from the state of its deployment. AWS is asked only where that lacks the
 * network of a domain that is in one.
 *
 * @param path the folder of the project, or a state file
 * @throws TandemError WEBINY_STATE_MISSING, WEBINY_STATE_UNUSABLE, USAGE
 */
export async function findWebiny(
  path: string,
  options: Pick<InitOptions, 'env' | 'variant'>,
  questions: Interview,
  { domains, env }: Pick<Surroundings, 'domains' | 'env'>,
): Promise<Application> {
  const state = await chooseState(await findWebinyStates(path), options, questions);
  const api = await readApi(state);
  const application = readWebinyApplication(await readState(state.file), state.file, api.resources);
  const unseen = state.project === undefined && application.mayHaveTablesOfApi ? [unseenApi] : [];
  const found = application.search && (await findWebinySearch(application.search, domains));
  return {
    account: application.account,
    regionToSet: env.AWS_REGION === application.account.region ? undefined : application.account.region,
    // Each environment writes its snapshots to a place of its own, which is called as its plan is.
    usualName: planNameFor(['webiny', state.env, state.variant ?? ''].join('-')),
    tables: { include: application.tables, exclude: [] },
    tableNames: application.tables,
    search: found?.search,
    outside: outsideOf(application),
    warnings: [...(await locksOf(state)).map(lockWarning), ...api.warnings, ...unseen, ...(found?.warnings ?? [])],
  };
}

/** The functions of the API are told the prefix of the indices in any case, and later 5.x makes a table there. */
async function readApi(state: WebinyState) {
  try {
    const file = await apiStateOf(state);
    if (file === undefined) return { resources: [], warnings: [] };
    return { resources: readWebinyState(await readState(file), file), warnings: [] };
  } catch (error) {
    if (!(error instanceof TandemError)) throw error;
    const lacking = 'Tables that its API made, and a prefix of its indices, were looked for in vain';
    return { resources: [], warnings: [`${lacking}: ${error.message}`] };
  }
}

const unseenApi =
  "Later 5.x keeps its audit logs in a table that Webiny's API makes, which this file does not tell: name the folder of the project instead, or add the table to tables.include.";

function outsideOf({ fileManagerBucket, userPool }: WebinyApplication): Application['outside'] {
  const files = { what: 'the files of the file manager, in bucket', id: fileManagerBucket };
  const users = { what: 'the users, in Cognito user pool', id: userPool };
  return [files, users].flatMap(({ what, id }) => (id === undefined ? [] : [{ what, id }]));
}

function lockWarning(lock: string): string {
  return `Webiny is being deployed, or its last deployment was killed (${lock}): what that changes may be lacking here.`;
}

async function chooseState(
  states: WebinyState[],
  { env, variant }: Pick<InitOptions, 'env' | 'variant'>,
  questions: Interview,
): Promise<WebinyState> {
  const [copied] = states.filter(({ project }) => project === undefined);
  // Its name says nothing for sure.
  if (copied !== undefined) return { ...copied, env: env ?? copied.env, variant: variant ?? copied.variant };
  const there = states.map(nameOf).join('; ');
  const isNamed = env !== undefined || variant !== undefined;
  const meant = isNamed
    ? states.filter((state) => state.env === (env ?? state.env) && state.variant === variant)
    : states;
  const [only, ...others] = meant;
  if (only === undefined) {
    throw new TandemError('WEBINY_STATE_MISSING', `That environment of Webiny is not deployed. There are: ${there}.`, {
      remedy: 'Name one of them; a state file that is named needs neither --env nor --variant.',
    });
  }
  if (others.length === 0) return only;
  return questions.one({
    option: '--env and, for a variant, --variant',
    message: 'Which environment of Webiny?',
    choices: meant.map((state) => ({ answer: state, label: nameOf(state) })),
    unclear: `Which environment of Webiny? There are: ${there}.`,
  });
}
