import type { Problem } from '../contracts/refusal.ts';
import type { ErrorCode, ErrorName } from '../errors/catalogue.ts';
import { TandemError } from '../errors/tandem-error.ts';

/**
 * What a restore is refused with: one thing that is in the way as itself, several together. The message lists each, for
 * whoever has nothing but the execution in the console.
 */
export function refusalFor(problems: [TandemError, ...TandemError[]]): TandemError {
  const [first, ...others] = problems;
  if (others.length === 0) return first;
  const lines = problems.map(problemOf).map(problemLine);
  return new TandemError('RESTORE_REFUSED', [headline(problems), ...lines].join('\n'), { cause: first });
}

/** `3 things are in the way:` */
export function headline(problems: readonly unknown[]): string {
  return `${problems.length} things are in the way:`;
}

/** A problem as it is kept in the ledger. */
export function problemOf({ code, message, remedy }: TandemError): Problem {
  return { code, message, remedy };
}

export function problemLine({ code, message, remedy }: Problem): string {
  return `- [${code}] ${message} What to do: ${remedy}`;
}

/**
 * All that a restore was refused for, as its ledger tells it.
 *
 * @param failure what the execution failed with, which may have been cut off
 * @param kept what stands in the ledger; of an earlier execution, where this one failed before its guards were asked
 */
export function problemsOf(
  { name, code, message, remedy }: Problem & { name: string },
  kept: Problem[] | undefined,
): Problem[] | undefined {
  if (name !== ('GuardRefusedError' satisfies ErrorName)) return undefined;
  const [first, ...others] = kept ?? [];
  const isOfThis = others.length > 0 ? code === ('RESTORE_REFUSED' satisfies ErrorCode) : first?.code === code;
  return isOfThis ? kept : [{ code, message, remedy }];
}
