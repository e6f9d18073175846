import { planFileOnDisk } from '../../shared/adapters/plan-file-on-disk.ts';
import type { SearchPlan } from '../../shared/contracts/plan-file.ts';
import { type DomainState, domainStateSchema, type SetUpInput } from '../../shared/contracts/setup.ts';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import { setUpDomain } from '../../shared/steps/setup/set-up-domain.ts';
import type { SetUpAccount } from './account.ts';
import type { Deployment } from './deployment.ts';

/** Looks at a domain, or sets it up, from where it can be reached. */
export interface DomainSetUp {
  /** `from here`, `through tandem-prod-setUpDomain`. */
  place: string;
  run(input: SetUpInput): Promise<DomainState>;
}

/** With this process's own network, credentials and plan file. */
export function fromHere(account: SetUpAccount, planFile: string): DomainSetUp {
  const ports = { ...account, planFiles: planFileOnDisk(planFile), place: { local: true } };
  const quiet = { millisecondsLeft: () => Number.POSITIVE_INFINITY, info: () => {}, metric: () => {} };
  return { place: 'from here', run: (input) => setUpDomain(input, ports, quiet) };
}

/** By the function of the deployment, with its network, its role and the plan file that was deployed. */
export function throughFunction({ functions }: Pick<SetUpAccount, 'functions'>, functionName: string): DomainSetUp {
  return {
    place: `through ${functionName}`,
    async run(input) {
      const answer = domainStateSchema.safeParse(await functions.call(functionName, input));
      if (answer.success) return answer.data;
      throw new TandemError('PROVIDER_FAILURE', `${functionName} does not answer as this version of Tandem does.`, {
        cause: answer.error,
        remedy: 'Deploy Tandem again, so that the function is of the version that is used here.',
      });
    },
  };
}

/** The function that is needed, if any: a private network lets nobody in from outside. */
export function functionInside(
  { vpc }: SearchPlan,
  deployment: Deployment | undefined,
  { local }: { local: boolean },
): Deployment['setUp'] {
  return vpc === undefined || local ? undefined : deployment?.setUp;
}
