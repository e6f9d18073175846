import type { ErrorCode } from '../../errors/catalogue.ts';

/** Something that was looked at: what was seen, or why nothing could be. */
export type Observed<Seen> = { seen: Seen } | { unseen: Unseen };

export interface Unseen {
  message: string;
  /** Where a service was asked and failed. */
  code?: ErrorCode;
}

export function seen<Seen>(what: Seen): Observed<Seen> {
  return { seen: what };
}

/** Where nothing was looked at, because of something else. */
export function unseen(message: string): { unseen: Unseen } {
  return { unseen: { message } };
}

/** What was seen, or undefined. */
export function seenOf<Seen>(observed: Observed<Seen>): Seen | undefined {
  return 'seen' in observed ? observed.seen : undefined;
}
