import { TandemError } from '../../../shared/errors/tandem-error.ts';
import type { Identities } from '../../../shared/ports/identities.ts';
import { Faults } from './faults.ts';

/** IAM in memory: principals and what their own policies allow, on everything. */
export class FakeIdentities implements Identities {
  readonly faults = new Faults<`identities.${keyof Identities}`>();
  readonly #caller: string;
  readonly #allowed = new Map<string, string[]>();

  /** @param caller the ARN of whoever asks */
  constructor(caller: string) {
    this.#caller = caller;
  }

  /** Has a principal whose policies allow these actions. */
  add(principal: string, actions: string[]): void {
    this.#allowed.set(principal, actions);
  }

  async caller() {
    return this.faults.run('identities.caller', '', () => this.#caller);
  }

  async allowed(principal: string, actions: string[], _resource: string) {
    return this.faults.run('identities.allowed', principal, () => {
      const allowed = this.#allowed.get(principal);
      if (allowed === undefined) throw new TandemError('PRINCIPAL_UNKNOWN', `There is no ${principal}.`);
      return actions.filter((action) => allowed.includes(action));
    });
  }
}
