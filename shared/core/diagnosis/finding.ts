import { few } from '../deadline.ts';
import { shellWord } from '../shell-word.ts';
import { type CheckCode, type Checks, checks } from './catalogue.ts';
import type { Observed } from './observed.ts';

/** What a check came to. */
export interface Finding {
  code: CheckCode;
  outcome: 'ok' | 'warning' | 'failed' | 'not checked';
  /** What was found, or why nothing was. */
  message: string;
  /** What to do about it, to be pasted. */
  remedy?: string;
}

type Placeholders<Text extends string> = Text extends `${string}<${infer Name}>${infer Rest}`
  ? Name | Placeholders<Rest>
  : never;

type Problems<Code extends CheckCode> = Checks[Code]['problems'];

type Texts<Problem> = Problem extends { says: infer Says extends string; remedy: infer Remedy extends string }
  ? Says | Remedy
  : never;

/** What a problem's texts leave to be filled in. */
type Values<Problem> = Record<Placeholders<Texts<Problem>>, string | number | string[]>;

type AnyProblem = (typeof anyChecks)[string]['problems'][string];
const anyChecks: Record<
  string,
  { problems: Record<string, { outcome: 'failed' | 'warning'; says: string; remedy: string }> }
> = checks;

export function ok(code: CheckCode, message: string): Finding {
  return { code, outcome: 'ok', message };
}

export function notChecked(code: CheckCode, why: string): Finding {
  return { code, outcome: 'not checked', message: why };
}

/** One of the problems that a check can find, as the catalogue says it of these things. */
export function found<Code extends CheckCode, Name extends keyof Problems<Code> & string>(
  code: Code,
  name: Name,
  values: Values<Problems<Code>[Name]>,
): Finding {
  const problem: AnyProblem | undefined = anyChecks[code]?.problems[name];
  if (problem === undefined) throw new Error(`Check ${code} has no problem ${name}.`);
  const { outcome, says, remedy } = problem;
  return { code, outcome, message: fill(says, values, plainly), remedy: fill(remedy, values, forShell) };
}

/** Judges what was seen; what could not be seen could not be checked. */
export function judged<Seen>(code: CheckCode, observed: Observed<Seen>, judge: (seen: Seen) => Finding): Finding {
  return 'seen' in observed ? judge(observed.seen) : notChecked(code, observed.unseen.message);
}

type Value = string | number | string[] | undefined;

function fill(text: string, values: Record<string, Value>, write: (value: Value) => string): string {
  return text.replaceAll(/<([a-zA-Z]+)>/g, (_, name: string) => write(values[name]));
}

function plainly(value: Value): string {
  return Array.isArray(value) ? few(value) : String(value);
}

/** All of a list, each as a word of its own. */
function forShell(value: Value): string {
  return [value]
    .flat()
    .map((one) => shellWord(String(one)))
    .join(' ');
}
