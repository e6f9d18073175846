import type { PuttingBack } from '../../contracts/ledger/restores.ts';
import { hasCode, isTransient } from '../../errors/tandem-error.ts';

/** So often a request is made that is accepted without an effect: what the service does not do, nothing waits for. */
const mostRequests = 10;

/** What one look at a table asks for, with what earlier ones came to. */
export class Attempts {
  readonly #made: PuttingBack;
  /** Why something has to be asked for again later. */
  waitingFor: string | undefined;

  constructor(earlier: PuttingBack = new Map()) {
    this.#made = new Map(earlier);
  }

  /** For the ledger. */
  get made(): PuttingBack {
    return this.#made;
  }

  isGivenUp(what: string): boolean {
    return this.#made.get(what)?.refused !== undefined;
  }

  giveUp(what: string, refused: string): void {
    this.#made.set(what, { asked: this.#made.get(what)?.asked ?? 0, refused });
  }

  /**
   * Asks for something, unless that was given up. What a service refuses for good is given up, so that one thing does not
   * keep the others from being put back; what it does not allow yet is left for later.
   *
   * @throws Error whatever says nothing of the request itself: missing credentials, a table that is gone
   */
  async make(what: string, request: () => Promise<void>): Promise<void> {
    if (this.isGivenUp(what)) return;
    const asked = (this.#made.get(what)?.asked ?? 0) + 1;
    try {
      await request();
      this.#made.set(what, { asked });
      if (asked >= mostRequests) this.giveUp(what, `It was accepted ${asked} times, without an effect.`);
    } catch (error) {
      if (isTransient(error)) this.waitingFor ??= error.message;
      else if (hasCode(error, 'ACCESS_DENIED', 'PROVIDER_FAILURE', 'SERVICE_NOT_OFFERED')) {
        this.giveUp(what, error.message);
      } else throw error;
    }
  }
}
