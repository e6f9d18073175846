const shortest = 500;
const longest = 5_000;

/** How long to wait before the next look at a run, in milliseconds: a person is watching, but a run may take hours. */
export function nextPause(previous?: number): number {
  return previous === undefined ? shortest : Math.min(longest, previous * 1.5);
}
