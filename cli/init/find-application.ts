import { TandemError } from '../../shared/errors/tandem-error.ts';
import type { InitOptions } from '../options.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Application } from './application.ts';
import { chooseDomain } from './choose-domain.ts';
import { chooseTables } from './choose-tables.ts';
import type { Interview } from './interview.ts';
import { planNameFor } from './plan-name.ts';

/**
 * Finds out what is to be backed up, from what there is in the account and region.
 *
 * @throws TandemError USAGE, TABLES_MATCH_NOTHING, and what the ports throw
 */
export async function findApplication(
  options: InitOptions,
  questions: Interview,
  surroundings: Surroundings,
): Promise<Application> {
  const account = await surroundings.account.identity();
  const { tables, names } = await chooseTables(options, questions, surroundings);
  const search = await chooseDomain(options, questions, surroundings.domains);
  if (tables === undefined && search === undefined) {
    const place = `account ${account.id} in ${account.region}`;
    throw new TandemError('USAGE', `There is nothing to back up: neither tables nor a search domain of ${place}.`, {
      remedy: 'Choose one with --tables, --tags or --domain, or correct AWS_PROFILE and AWS_REGION.',
    });
  }
  const usualName = nameFor(tables?.include);
  return { account, regionToSet: undefined, usualName, tables, tableNames: names, search, outside: [], warnings: [] };
}

/** `shop` for the tables `shop-*`. */
function nameFor(include: string[] = []): string {
  const [only, ...others] = include;
  return only === undefined || others.length > 0 ? 'app' : planNameFor(only);
}
