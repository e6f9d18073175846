/** Polling starts at this pace and slows down to a minute: an emulator is done at once, a large table takes an hour. */
export const firstWaitSeconds = 2;
const longestWaitSeconds = 60;

/** How long to wait before the next poll, in whole seconds. */
export function nextWaitSeconds(previous: number): number {
  return Math.min(longestWaitSeconds, Math.ceil(previous * 1.5));
}
