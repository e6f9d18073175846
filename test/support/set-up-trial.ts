import { domainRequests } from '../../shared/core/domain-access.ts';
import { setUpDomain } from '../../shared/steps/setup/set-up-domain.ts';
import { CommandLine } from './command-line.ts';
import { fakePlanFiles } from './fakes/plan-files.ts';
import { World } from './world.ts';

const account = '111122223333';
/** The ARN of a role of the account. */
export const roleOf = (name: string) => `arn:aws:iam::${account}:role/${name}`;
/** The address of the domain. */
export const endpoint = 'https://search-app-abcdefghijklmnopqrstuvwxyz.eu-west-1.es.amazonaws.com';
export const domainArn = `arn:aws:es:eu-west-1:${account}:domain/app`;

/** A command line beside a deployment of Tandem, and a domain with fine-grained access control that allows every role. */
export function withDomain(search: object = {}): CommandLine {
  const cli = new CommandLine(new World().plan({ search: { endpoint, ...search } }));
  cli.world.search.security.spoken = '_plugins/_security';
  for (const [name, role, requests] of [
    ['planBackup', 'backup', domainRequests.backup],
    ['planRestore', 'restore', domainRequests.restore],
    ['setUpDomain', 'set-up', domainRequests.setup],
  ] as const) {
    cli.setUpAccount.functions.set(`tandem-prod-${name}`, {
      role: roleOf(role),
      answer: (input) => inTheNetwork(cli, input),
    });
    cli.setUpAccount.identities.add(roleOf(role), ['iam:PassRole']);
    cli.setUpAccount.identities.limit(roleOf(role), requests);
  }
  cli.setUpAccount.domains.policies.set('app', '');
  return cli;
}

/** What the deployed function does. */
async function inTheNetwork(cli: CommandLine, input: object): Promise<unknown> {
  const ports = { planFiles: fakePlanFiles(cli.world.planFile), connectSearch: () => cli.world.search };
  const step = { millisecondsLeft: () => 0, info: () => {}, metric: () => {} };
  const given = { plan: 'app', principals: [], ...input };
  return JSON.parse(
    JSON.stringify(await setUpDomain(given, { ...ports, region: async () => 'eu-west-1', place: {} }, step)),
  );
}
