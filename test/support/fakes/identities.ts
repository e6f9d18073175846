import type { DomainRequests } from '../../../shared/core/domain-access.ts';
import { isLike } from '../../../shared/core/policy-document.ts';
import { TandemError } from '../../../shared/errors/tandem-error.ts';
import type { Decision, Identities, Role } from '../../../shared/ports/identities.ts';
import { Faults } from './faults.ts';

/** IAM in memory: roles, and what the policies of principals say of actions: on everything, unless they are limited. */
export class FakeIdentities implements Identities {
  readonly faults = new Faults<`identities.${keyof Identities}`>();
  readonly roles = new Map<string, Role>();
  readonly #decisions = new Map<string, Map<string, Decision>>();
  readonly #limits = new Map<string, DomainRequests>();

  /** Has a principal whose policies allow these actions, and say nothing of others. */
  add(principal: string, actions: string[]): void {
    this.#decisions.set(principal, new Map(actions.map((action) => [action, 'allowed'])));
  }

  /** Has the policies of a principal allow requests of a domain, and deny them for all other paths, as those of the deployed roles do. */
  limit(principal: string, requests: DomainRequests): void {
    for (const action of Object.keys(requests)) this.decide(principal, action, 'allowed');
    this.#limits.set(principal, requests);
  }

  /** Has the policies of a principal say something else of an action. */
  decide(principal: string, action: string, decision: Decision): void {
    this.#of(principal).set(action, decision);
  }

  async role(name: string) {
    return this.faults.run('identities.role', name, () => this.roles.get(name));
  }

  /** A role may be passed to a service alone. */
  async decisions(principal: string, actions: string[], resource: string, passedTo?: string) {
    return this.faults.run('identities.decisions', principal, () => {
      const decisions = this.#of(principal);
      return actions.map((action) => {
        const paths = this.#limits.get(principal)?.[action] ?? ['*'];
        const isBeyond = !paths.some((path) => path === '*' || isLike(resource, `*:domain/*/${path}`));
        if (isBeyond) return { action, decision: 'denied' as const };
        const mayBeAllowed = action !== 'iam:PassRole' || passedTo !== undefined;
        return { action, decision: (mayBeAllowed ? decisions.get(action) : undefined) ?? ('silent' as const) };
      });
    });
  }

  #of(principal: string): Map<string, Decision> {
    const decisions = this.#decisions.get(principal);
    if (decisions === undefined) throw new TandemError('PRINCIPAL_UNKNOWN', `There is no ${principal}.`);
    return decisions;
  }
}
