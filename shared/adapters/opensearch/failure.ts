import type { ErrorCode } from '../../errors/catalogue.ts';

/** Why a request came to nothing. */
export interface Failure {
  code: ErrorCode;
  why: string;
  /** Where the code's own remedy is not the best one. */
  remedy?: string;
  /** True where the server may have done what was asked although it did not say so. */
  mayHaveHappened: boolean;
  /** True where the same request may well succeed a moment later. */
  passing: boolean;
  cause: unknown;
}
