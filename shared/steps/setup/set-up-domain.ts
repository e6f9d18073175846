import type { SearchPlan } from '../../contracts/plan-file.ts';
import type { DomainState, SetUpInput } from '../../contracts/setup.ts';
import { hashOf } from '../../core/hash.ts';
import type { RunPlace } from '../../core/how-to-go-on.ts';
import { findPlan, parsePlanFile } from '../../core/plan-file.ts';
import { domainMeant } from '../../core/reader-domain.ts';
import { TandemError } from '../../errors/tandem-error.ts';
import type { PlanFiles } from '../../ports/plan-files.ts';
import type { ConnectSearch } from '../../ports/search-domain.ts';
import type { StepRun } from '../../ports/step-run.ts';
import { firstContact } from '../first-contact.ts';
import { lookAtRepository } from './repository-part.ts';
import { lookAtSecurity } from './security-part.ts';

export interface SetUpDomainPorts {
  planFiles: PlanFiles;
  connectSearch: ConnectSearch;
  region: () => Promise<string>;
  /** Where this runs. */
  place: RunPlace;
}

/** How often the changes are made before the set-up gives up because somebody else undoes them. */
const rounds = 3;

/**
 * Looks at how the domain of a plan is set up and, where the changes were confirmed, makes them and looks again. Set up
 * once, a domain needs no change. What somebody else has done of it since it was confirmed is not done again; what he undid
 * meanwhile is: where nobody had a security role before, two who map theirs to it at once can do so unseen.
 *
 * @throws TandemError PLAN_CHANGED where there is a change that was not confirmed, or where the plan is another one than
 * that of whoever asks; and what the parts throw
 */
export async function setUpDomain(input: SetUpInput, ports: SetUpDomainPorts, step: StepRun): Promise<DomainState> {
  const source = await ports.planFiles.read();
  const { search: own } = findPlan(parsePlanFile(source.text, source.name), input.plan);
  if (own === undefined) throw new TandemError('USAGE', `Plan ${input.plan} has no search domain to set up.`);
  const search = domainMeant(own, input.toEndpoint, ports.place);
  if (input.target !== undefined && input.target !== targetOf(search)) {
    throw new TandemError(
      'PLAN_CHANGED',
      `Plan ${input.plan} names another domain or repository where it is deployed.`,
      {
        remedy: 'Deploy Tandem with the plan file as it is now, then start the set-up again.',
      },
    );
  }
  let found = await look(input, search, ports);
  if (input.confirmed === undefined) return found.state;
  const confirmed = new Set(input.confirmed.map(hashOf));
  const isConfirmed = ({ changes }: DomainState) => changes.every((change) => confirmed.has(hashOf(change)));
  if (!isConfirmed(found.state)) {
    throw new TandemError('PLAN_CHANGED', 'The domain changed since the changes were shown.', {
      remedy: 'Start the set-up again, and look at what it would change now.',
    });
  }
  for (let round = 1; round <= rounds; round += 1) {
    for (const part of found.parts) await part.carryOut();
    step.info('set the domain up', { changes: found.state.changes });
    found = await look(input, search, ports);
    if (found.state.changes.length === 0 || !isConfirmed(found.state)) break;
  }
  return found.state;
}

/** What tells one set-up from another. */
export function targetOf({ endpoint, repository }: SearchPlan): string {
  return hashOf({ endpoint, repository });
}

async function look({ principals, master }: SetUpInput, search: SearchPlan, ports: SetUpDomainPorts) {
  const caller = ports.connectSearch(search);
  const auth = master && { type: 'password' as const, ...master };
  const administrator = auth === undefined ? caller : ports.connectSearch({ endpoint: search.endpoint, auth });
  const security = await firstContact(() => lookAtSecurity(administrator.security, usersOf(search, principals)));
  // No password lets anybody pass a role on.
  const mustSign = search.auth.type === 'basic' && search.repository.roleArn !== undefined;
  const registrar = mustSign ? ports.connectSearch({ endpoint: search.endpoint, auth: { type: 'sigv4' } }) : caller;
  const access = { administrator: administrator.snapshots, registrar: registrar.snapshots };
  const repository = await lookAtRepository(access, search.repository, await ports.region());
  const state: DomainState = {
    clusterUuid: await administrator.indices.clusterUuid(),
    security: security.state,
    repository: repository.state,
    changes: [...security.changes, ...repository.changes],
  };
  // Who registers the repository may get the right to do so from the mapping before it.
  return { state, parts: [security, repository] };
}

/** With a password in the plan the domain knows Tandem by that name, whoever runs it; others are mapped who are named. */
function usersOf({ auth }: SearchPlan, principals: string[]): string[] {
  return auth.type === 'basic' ? [auth.username, ...principals] : principals;
}
