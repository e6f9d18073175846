/** Which indices a write may make that names one which does not exist: `true`, `false`, or patterns with `+` or `-`. */
export const autoCreation = 'action.auto_create_index';

/**
 * The value that besides denies these names: the first pattern that fits counts, and where there are patterns, what fits
 * none is denied. From the server's AutoCreateIndex.
 *
 * @param value undefined where it was never set, and so is `true`
 * @returns undefined where no index may be made as it is
 */
export function withDenied(value: string | undefined, names: string[]): string | undefined {
  if (value === 'false') return undefined;
  const others = value === undefined || value === 'true' || value === '' ? '+*' : value;
  return [...[...new Set(names)].map((name) => `-${name}`), others].join(',');
}
