import { readWebinyState, type WebinySearch } from '../../shared/core/webiny-state.ts';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import type { Domains } from '../../shared/ports/domains.ts';
import type { InitOptions } from '../options.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Application } from './application.ts';
import type { Interview } from './interview.ts';
import { findWebinyStates, nameOf, readState, type WebinyState } from './webiny-states.ts';

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
  { domains }: Pick<Surroundings, 'domains'>,
): Promise<Application> {
  const state = await chooseState(await findWebinyStates(path), options, questions);
  const { account, tables, search, fileManagerBucket, userPool } = readWebinyState(await readState(state), state.file);
  const { vpc, warnings } = search === undefined ? noNetwork : await networkOf(search, domains);
  return {
    account,
    usualName: 'webiny',
    tables: { include: tables, exclude: [] },
    tableNames: tables,
    search: search && {
      domain: search.domain,
      endpoint: search.endpoint,
      vpc,
      about: undefined,
      usualIndices: [`${search.indexPrefix ?? ''}*`],
    },
    outside: [
      ...(fileManagerBucket === undefined
        ? []
        : [{ what: 'the files of the file manager, in bucket', id: fileManagerBucket }]),
      ...(userPool === undefined ? [] : [{ what: 'the users, in Cognito user pool', id: userPool }]),
    ],
    warnings,
  };
}

const noNetwork = { vpc: undefined, warnings: [] };

async function chooseState(
  states: WebinyState[],
  { env, variant }: Pick<InitOptions, 'env' | 'variant'>,
  questions: Interview,
): Promise<WebinyState> {
  const there = states.map(nameOf).join('; ');
  const isNamed = env !== undefined || variant !== undefined;
  const meant = isNamed
    ? states.filter((state) => state.env === (env ?? state.env) && state.variant === variant)
    : states;
  const [only, ...others] = meant;
  if (only === undefined) {
    throw new TandemError('WEBINY_STATE_MISSING', `That environment of Webiny is not deployed. There are: ${there}.`, {
      remedy: 'Name one of them.',
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

/** @throws nothing: what AWS would have told can be added to the file by hand */
async function networkOf({ domain, endpoint, vpc }: WebinySearch, domains: Domains) {
  // The address of a domain in a VPC begins so, whether the state tells the VPC or not.
  if (vpc !== undefined || !new URL(endpoint).hostname.startsWith('vpc-')) return { vpc, warnings: [] };
  const lacking = 'The domain is in a VPC that the state does not tell: add search.vpc to the file.';
  try {
    const described = (await domains.list()).find(({ name }) => name === domain);
    return { vpc: described?.vpc, warnings: described?.vpc === undefined ? [lacking] : [] };
  } catch (error) {
    if (!(error instanceof TandemError)) throw error;
    return { vpc, warnings: [`${lacking} AWS was asked, too: ${error.message}`] };
  }
}
