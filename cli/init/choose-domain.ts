import { hasCode, TandemError } from '../../shared/errors/tandem-error.ts';
import type { Domain, Domains } from '../../shared/ports/domains.ts';
import type { InitOptions } from '../options.ts';
import { aboutDomain } from './about-domain.ts';
import { type ApplicationSearch, none } from './application.ts';
import type { Interview } from './interview.ts';

/**
 * The search domain of the plan: the one that is named, or that somebody chooses, or else the only one that there is.
 *
 * @returns undefined where the plan is to have none
 * @throws TandemError USAGE for one that there is not, or that has no address yet, or where there are several and nobody to ask
 */
export async function chooseDomain(
  { domain: named }: Pick<InitOptions, 'domain'>,
  questions: Interview,
  domains: Domains,
): Promise<ApplicationSearch | undefined> {
  if (named === none) return undefined;
  const existing = await domains.list().catch(mayNotList);
  const chosen = named === undefined ? await choose(existing, questions) : find(existing, named);
  if (chosen === undefined) return undefined;
  const { name, endpoint, vpc } = chosen;
  if (endpoint !== undefined) return { domain: name, endpoint, vpc, about: aboutDomain(chosen), usualIndices: ['*'] };
  throw new TandemError('USAGE', `The domain ${name} has no address: it is being made or deleted.`, {
    remedy: 'Wait until it is there, or choose another one with --domain.',
  });
}

/** Whoever has tables alone may well have no permission to ask for domains. */
function mayNotList(error: unknown): never {
  if (!hasCode(error, 'ACCESS_DENIED')) throw error;
  throw new TandemError('ACCESS_DENIED', error.message, {
    cause: error,
    remedy: 'Allow the action that is named, or leave search out with --domain none.',
  });
}

function find(existing: Domain[], name: string): Domain {
  const found = existing.find((domain) => domain.name === name);
  if (found !== undefined) return found;
  const others = existing.map((domain) => domain.name).join(', ') || none;
  throw new TandemError('USAGE', `There is no domain named ${name}. There are: ${others}.`, {
    remedy: 'Correct --domain, or AWS_REGION.',
  });
}

async function choose(existing: Domain[], questions: Interview): Promise<Domain | undefined> {
  const [only, ...others] = existing;
  if (only === undefined) return undefined;
  if (others.length === 0 && !questions.hasTerminal) return only;
  const choices = [
    ...existing.map((domain) => ({ answer: domain, label: `${domain.name} (${aboutDomain(domain)})` })),
    { answer: undefined, label: none },
  ];
  return questions.one<Domain | undefined>({
    option: '--domain',
    message: 'Which search domain belongs to them?',
    choices,
    unclear: `Which search domain? There are ${choices.map(({ label }) => label).join('; ')}.`,
  });
}
