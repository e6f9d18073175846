import type * as z from 'zod';
import { TandemError } from './tandem-error.ts';

/**
 * Reads what somebody has given: the input of an execution, the options of a command.
 *
 * @param what it is called
 * @throws TandemError USAGE with all that is wrong, in one line
 */
export function understandGiven<Schema extends z.ZodType>(
  schema: Schema,
  given: unknown,
  what: 'input' | 'options',
): z.output<Schema> {
  const parsed = schema.safeParse(given, { error: inWords });
  if (parsed.success) return parsed.data;
  const mistakes = parsed.error.issues.flatMap((issue) => mistakesOf(issue, what)).join('; ');
  const verb = what === 'options' ? 'are' : 'is';
  throw new TandemError('USAGE', `The ${what} ${verb} not understood: ${mistakes}.`, { cause: parsed.error });
}

const inWords: z.core.$ZodErrorMap = ({ code, input }) =>
  code === 'invalid_type' && input === undefined ? 'is missing' : undefined;

function mistakesOf(issue: z.core.$ZodIssue, what: string): string[] {
  // A first step gets its input as a part of what it is called with.
  const path = issue.path[0] === what ? issue.path.slice(1) : issue.path;
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => at([...path, key], 'is no field of it'));
  return [at(path, issue.message.replace(/^Invalid input: /, ''))];
}

/** `tables[0]: expected string, received number` */
function at(path: PropertyKey[], message: string): string {
  const place = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  return place === '' ? message : `${place.replace(/^\./, '')}: ${message}`;
}
