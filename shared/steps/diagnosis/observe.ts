import { type Observed, seen } from '../../core/diagnosis/observed.ts';
import { TandemError } from '../../errors/tandem-error.ts';

/** Looks at something; what a service refuses, or does not answer, is told as not seen. */
export async function observe<Seen>(look: () => Promise<Seen>): Promise<Observed<Seen>> {
  try {
    return seen(await look());
  } catch (error) {
    if (!(error instanceof TandemError)) throw error;
    return { unseen: { code: error.code, message: error.message } };
  }
}

/** Looks at something on the strength of something else; where that was not seen, neither is this, for the same reason. */
export async function observeOf<Before, Seen>(
  before: Observed<Before>,
  look: (before: Before) => Promise<Seen>,
): Promise<Observed<Seen>> {
  return 'seen' in before ? observe(() => look(before.seen)) : before;
}
