import type { BothSides, Failure } from '../contracts/steps.ts';
import { messageOf } from '../errors/description.ts';

/** A failure that a side of the run was caught with, thrown again under its own name once the other side has ended. */
class SideFailure extends Error {
  constructor(failure: Failure) {
    super(messageOf(failure.Cause));
    this.name = failure.Error;
  }
}

/** @throws SideFailure where a side did not end well; the tables' where neither did, ReportFailure tells of both */
export function assertBothSidesEndedWell({ sides }: Pick<BothSides, 'sides'>): void {
  const failure = sides.tables.failure ?? sides.search.failure;
  if (failure !== undefined) throw new SideFailure(failure);
}
