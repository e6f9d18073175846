import { type ErrorCode, errorCatalogue } from './catalogue.ts';
import { reasonOf, TandemError } from './tandem-error.ts';

/** A failure as it comes back from Step Functions: which step, what happened, and what to do about it. */
export interface DescribedFailure {
  /** The name that Step Functions matches on; the service's own where the step did not end by itself. */
  name: string;
  /** The step that failed, or undefined where it could not say. */
  step: string | undefined;
  code: ErrorCode;
  message: string;
  remedy: string;
}

/** Step Functions cuts a cause at 32 KiB, and keeps it in the state that the next step gets. */
const longestMessage = 2_000;

/** Writes a failure as the one text that survives the way through Lambda and Step Functions. */
export function describeFailure(step: string, error: unknown): string {
  const message = reasonOf(error);
  if (isDescription(message)) return message;
  const code: ErrorCode = error instanceof TandemError ? error.code : 'UNEXPECTED';
  const remedy = error instanceof TandemError ? error.remedy : errorCatalogue.UNEXPECTED.remedy;
  return `[${code}] ${step}: ${shortened(message)}\nWhat to do: ${remedy}`;
}

/** The end of a long message tells more than its middle: there a crashed function says why. */
function shortened(message: string): string {
  if (message.length <= longestMessage) return message;
  return `${message.slice(0, longestMessage / 2)} ... ${message.slice(-longestMessage / 2)}`;
}

const description = /^\[(?<code>[A-Z_]+)\] (?<step>[A-Za-z]+): (?<message>[\s\S]*)\nWhat to do: (?<remedy>[\s\S]*)$/;

function isDescription(text: string): boolean {
  return description.test(text);
}

/**
 * Reads a failure back from what a Catch or a failed execution tells. On AWS the cause of a failed function is a JSON
 * text with the message inside; in process it is the bare message.
 */
export function readFailure(failure: { Error: string; Cause: string }): DescribedFailure {
  const text = messageOf(failure.Cause);
  const found = description.exec(text)?.groups;
  const code = found?.code;
  if (found === undefined || code === undefined || !isErrorCode(code)) {
    const { remedy } = errorCatalogue.UNEXPECTED;
    return {
      name: failure.Error,
      step: undefined,
      code: 'UNEXPECTED',
      message: shortened(text || failure.Error),
      remedy,
    };
  }
  return { name: failure.Error, step: found.step, code, message: found.message ?? '', remedy: found.remedy ?? '' };
}

/** A failure as people are told it, without the stack that Lambda adds to what its function says. */
export function inWords(failure: { Error: string; Cause: string }): { Error: string; Cause: string } {
  return { Error: failure.Error, Cause: shortened(messageOf(failure.Cause)) };
}

/** The message of a failed function, out of the cause that Step Functions gives. */
function messageOf(cause: string): string {
  try {
    const parsed: unknown = JSON.parse(cause);
    if (typeof parsed === 'object' && parsed !== null && 'errorMessage' in parsed) return String(parsed.errorMessage);
    return cause;
  } catch {
    return cause;
  }
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorCatalogue, code);
}
