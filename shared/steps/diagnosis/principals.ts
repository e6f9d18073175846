import type { Observed } from '../../core/diagnosis/observed.ts';
import type { Subject } from '../../core/diagnosis/subject.ts';
import { TandemError } from '../../errors/tandem-error.ts';
import type { AccountIdentity } from '../../ports/account.ts';
import { whoIs } from '../who-is.ts';
import { observeOf } from './observe.ts';
import type { DiagnosisPorts } from './ports.ts';

/** Who runs which workflow, as the ARN of a role, of a user or of the root of the account. */
export type Principals = { workflow: 'backup' | 'restore'; arn: string }[];

/** One function of each workflow that talks to the domain: all of a workflow run under one role. */
const functions = { backup: 'ensureRepository', restore: 'restoreIndices' } as const;

/** The roles of the deployed functions, or the caller where the workflows run on his machine. */
export function lookAtPrincipals(
  { deployed }: Subject,
  caller: Observed<AccountIdentity>,
  { deployment, identities }: Pick<DiagnosisPorts, 'deployment' | 'identities'>,
): Promise<Observed<Principals>> {
  if (deployed === undefined) {
    return observeOf(caller, async ({ arn: assumed }) => {
      const arn = await whoIs(assumed, identities);
      return [
        { workflow: 'backup' as const, arn },
        { workflow: 'restore' as const, arn },
      ];
    });
  }
  const roleOf = async (workflow: 'backup' | 'restore', stage: string) => {
    const name = `tandem-${stage}-${functions[workflow]}`;
    const arn = await deployment.roleOfFunction(name);
    if (arn !== undefined) return { workflow, arn };
    throw new TandemError('NOT_DEPLOYED', `There is no function ${name}.`);
  };
  return observeOf(deployed, (stage) => Promise.all([roleOf('backup', stage), roleOf('restore', stage)]));
}
