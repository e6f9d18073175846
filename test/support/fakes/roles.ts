import { nameInArn } from '../../../shared/core/diagnosis/snapshot-role.ts';
import { TandemError } from '../../../shared/errors/tandem-error.ts';
import type { Roles } from '../../../shared/ports/roles.ts';
import { Faults } from './faults.ts';

/** IAM in memory: principals and what their own policies allow, on everything. A role may be passed to a service alone. */
export class FakeRoles implements Roles {
  readonly faults = new Faults<`roles.${keyof Roles}`>();
  readonly #principals = new Map<string, { allowed: string[]; trustedServices: string[] }>();

  /** Has a principal whose policies allow these actions. */
  add(arn: string, allowed: string[], trustedServices: string[] = []): void {
    this.#principals.set(arn, { allowed, trustedServices });
  }

  async find(name: string) {
    return this.faults.run('roles.find', name, () => {
      const found = [...this.#principals].find(([arn]) => nameInArn(arn) === name);
      return found && { arn: found[0], trustedServices: found[1].trustedServices };
    });
  }

  async denied(principal: string, actions: string[], _resource: string, passedTo?: string) {
    return this.faults.run('roles.denied', principal, () => {
      if (principal.endsWith(':root')) return [];
      const known = this.#principals.get(principal);
      if (known === undefined) throw new TandemError('PRINCIPAL_UNKNOWN', `There is no ${principal}.`);
      const isAllowed = (action: string) =>
        known.allowed.includes(action) && (action !== 'iam:PassRole' || passedTo !== undefined);
      return actions.filter((action) => !isAllowed(action));
    });
  }
}
