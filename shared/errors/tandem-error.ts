import { type ErrorCode, type ErrorName, errorCatalogue } from './catalogue.ts';

/**
 * Every failure Tandem knows by name.
 *
 * `name` is what Step Functions matches on, `code` is what people look up in docs/errors.md, `message` says what
 * happened and `remedy` what to do about it. `cause` keeps the provider's own error.
 */
export class TandemError extends Error {
  readonly code: ErrorCode;
  readonly remedy: string;

  constructor(code: ErrorCode, message: string, options: { cause?: unknown; remedy?: string } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = errorCatalogue[code].name;
    this.code = code;
    this.remedy = options.remedy ?? errorCatalogue[code].remedy;
  }
}

/** True where the error is one that goes away by itself, so that asking again is right. */
export function isTransient(error: unknown): error is TandemError {
  return error instanceof TandemError && error.name === ('TransientError' satisfies ErrorName);
}

/** True where the service was asked to change something and surely did not: it said no, or never saw the request. */
export function isRefusal(error: unknown): boolean {
  return error instanceof TandemError && !hasCode(error, 'OUTCOME_UNKNOWN', 'PROVIDER_FAILURE');
}

/** True where the error carries this code of the catalogue. */
export function hasCode(error: unknown, ...codes: ErrorCode[]): error is TandemError {
  return error instanceof TandemError && codes.includes(error.code);
}

/** What happened, in the words of whatever was thrown. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
