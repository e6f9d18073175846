import type { SearchPlan } from '../../shared/contracts/plan-file.ts';
import type { SetUpInput } from '../../shared/contracts/setup.ts';
import type { DomainUser } from '../../shared/core/domain-access.ts';
import { findPlan } from '../../shared/core/plan-file.ts';
import { domainMeant } from '../../shared/core/reader-domain.ts';
import { refuseSharedPlans } from '../../shared/core/shared-places.ts';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import { addToAccessPolicy, compareAccess, policyChanges } from '../../shared/steps/setup/domain-access.ts';
import { lookAtOwner } from '../../shared/steps/setup/repository-owner.ts';
import { targetOf } from '../../shared/steps/setup/set-up-domain.ts';
import { choosePlan, type FoundPlanFile, readPlanFile } from '../chosen-plan.ts';
import { Interruption, interruptible } from '../interruption.ts';
import type { SetupOptions } from '../options.ts';
import type { Answer } from '../output/answer.ts';
import { setupAnswer } from '../output/setup-answer.ts';
import { confirmChanges } from '../setup/confirm-changes.ts';
import { findDeployment } from '../setup/deployment.ts';
import { type DomainSetUp, fromHere, functionInside, throughFunction } from '../setup/domain-set-up.ts';
import { domainUsers } from '../setup/domain-users.ts';
import { lockedOut } from '../setup/locked-out.ts';
import { masterUser } from '../setup/master-user.ts';
import type { Surroundings } from '../surroundings.ts';

/** Sets the search domain of a plan up, after showing what it would change. Done again it changes nothing. */
export async function setup(
  name: string | undefined,
  options: SetupOptions,
  surroundings: Surroundings,
): Promise<Answer> {
  const found = await readPlanFile(options, surroundings);
  const plan = choosePlan(found, name);
  const search = searchOf(found, plan, options);
  refuseSharedPlans(found.file);
  const { setUpAccount: account } = surroundings;
  const { users, domain } = await whoAndWhere(found, search, options, surroundings);
  const principals = users.map(({ principal }) => principal);
  const master = await masterUser(options, surroundings);
  const input: SetUpInput = { plan, principals, master, target: targetOf(search), toEndpoint: options.toEndpoint };

  const access = await compareAccess(search, users, account);
  const state = await domain.run(input).catch(async (error: unknown) => {
    throw await lockedOut(error, access, search, options, surroundings);
  });
  const owner = await lookAtOwner(account.openSnapshotBucket(search.repository.bucket), search, state.clusterUuid);
  const toPolicy = options.applyPolicy ? policyChanges(access) : [];
  const changes = [...toPolicy, ...owner.changes, ...state.changes];
  const shown = { plan, place: domain.place, principals, changes };
  if (options.dryRun) return setupAnswer({ ...shown, state: 'PLANNED', remaining: changes, domain: state, access });

  await confirmChanges(changes, options, surroundings);
  if (toPolicy.length > 0) await addToAccessPolicy(search, access.lacks, account);
  await owner.carryOut();
  // Done where nothing is to be changed too: then it only verifies.
  const after = await uncut(surroundings, () => domain.run({ ...input, confirmed: state.changes }));
  const accessAfter = options.applyPolicy ? await compareAccess(search, users, account) : access;
  const remaining = [...(options.applyPolicy ? policyChanges(accessAfter) : []), ...after.changes];
  const stateAfter = remaining.length === 0 ? 'SET_UP' : 'UNFINISHED';
  return setupAnswer({ ...shown, state: stateAfter, remaining, domain: after, access: accessAfter });
}

function searchOf({ file }: FoundPlanFile, plan: string, { toEndpoint }: SetupOptions): SearchPlan {
  const { search } = findPlan(file, plan);
  // Where it is set up from inside its network, the function that does so looks whether it may be.
  if (search !== undefined) return domainMeant(search, toEndpoint, { local: true });
  throw new TandemError('USAGE', `Plan ${plan} has no search domain, so there is nothing to set up.`);
}

/** Who is to work with the domain, and from where it is set up. */
async function whoAndWhere(
  { path }: FoundPlanFile,
  search: SearchPlan,
  options: SetupOptions,
  { setUpAccount: account }: Surroundings,
): Promise<{ users: DomainUser[]; domain: DomainSetUp }> {
  const deployment = needsDeployment(search, options) ? await findDeployment(account, options.stage) : undefined;
  const workers = await domainUsers(search, options, deployment, account);
  const inside = functionInside(search, deployment, options);
  if (inside === undefined) return { users: workers, domain: fromHere(account, path) };
  return { users: [...workers, inside.user], domain: throughFunction(account, inside.functionName) };
}

/** Whether the deployment has to tell what neither the plan nor the options do, or one of its stages is named. */
function needsDeployment({ auth, vpc }: SearchPlan, { stage, roleArn, local }: SetupOptions): boolean {
  const areUsersKnown = roleArn !== undefined || auth.type !== 'sigv4';
  return stage !== undefined || !areUsersKnown || (vpc !== undefined && !local);
}

/** Ctrl-C waits for it: cut off, a registration would be left behind that nobody has verified. */
function uncut<T>({ signals, stderr }: Surroundings, work: () => Promise<T>): Promise<T> {
  return interruptible(signals, async (signal) => {
    signal.addEventListener('abort', () => stderr.write('Leaving, as soon as what is begun is at an end.\n'));
    const done = await work();
    if (signal.aborted) throw new Interruption('The set-up was left. Started again, it tells what is left to do.');
    return done;
  });
}
