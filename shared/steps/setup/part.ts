import type { Change } from '../../contracts/setup.ts';

/** A part of a domain that a set-up takes care of, as it was found. */
export interface Part<State> {
  state: State;
  /** What is not as it should be; empty where all is. */
  changes: Change[];
  /** Makes the changes. */
  carryOut(): Promise<void>;
}
