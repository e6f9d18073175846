import type { Observed } from '../../../core/diagnosis/observed.ts';
import { hasCode, TandemError } from '../../../errors/tandem-error.ts';

/** What a guard found: what is in the way, and what is good to know of a plan that may be done. */
export interface Verdict {
  problems: TandemError[];
  remarks: string[];
}

/** The service does not let the caller look, or does not offer it, as older engines and some emulators do not. */
const unreadable = ['ACCESS_DENIED', 'SEARCH_UNAUTHORIZED', 'SEARCH_NOT_OFFERED', 'SERVICE_NOT_OFFERED'] as const;

/**
 * Looks at something that a restore can do without: where it may not be read, that becomes a remark and no refusal. What
 * passes is thrown, so that the step is tried again.
 */
export async function ifReadable<Seen>(look: () => Promise<Seen>): Promise<Observed<Seen>> {
  try {
    return { seen: await look() };
  } catch (error) {
    if (!hasCode(error, ...unreadable)) throw error;
    return { unseen: { code: error.code, message: error.message } };
  }
}

/**
 * Asks all guards, whatever one of them finds. One that is refused what it has to read has found a problem, too.
 *
 * @throws whatever else a guard fails with, once all have ended
 */
export async function gather(guards: (() => Promise<Verdict>)[]): Promise<Verdict> {
  const asked = await Promise.allSettled(guards.map((guard) => guard()));
  const verdicts = asked.map((one): Verdict => {
    if (one.status === 'fulfilled') return one.value;
    if (isProblem(one.reason)) return { problems: [one.reason], remarks: [] };
    throw one.reason;
  });
  return {
    problems: verdicts.flatMap(({ problems }) => problems),
    remarks: verdicts.flatMap(({ remarks }) => remarks),
  };
}

function isProblem(error: unknown): error is TandemError {
  return error instanceof TandemError && (error.name === 'GuardRefusedError' || hasCode(error, ...unreadable));
}
