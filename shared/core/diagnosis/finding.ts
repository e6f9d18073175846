import { few } from '../deadline.ts';
import { shellWord } from '../shell-word.ts';
import type { CheckCode } from './catalogue.ts';
import type { CheckSet, Problem } from './check.ts';
import type { Command } from './curl.ts';
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

type Texts<Found> = Found extends { says: infer Says extends string; remedy: infer Remedy extends string }
  ? Says | Remedy
  : never;

/** What a problem's texts leave to be filled in. */
type Values<Found> = Record<Placeholders<Texts<Found>>, Value>;

type Value = string | number | string[] | Command;

export function ok(code: CheckCode, message: string): Finding {
  return { code, outcome: 'ok', message };
}

export function notChecked(code: CheckCode, why: string): Finding {
  return { code, outcome: 'not checked', message: why };
}

/** Finds the problems of these checks, each said of what is filled in. */
export function finderOf<Checks extends CheckSet>(checks: Checks) {
  return <Code extends keyof Checks & CheckCode, Name extends keyof Checks[Code]['problems'] & string>(
    code: Code,
    name: Name,
    values: Values<Checks[Code]['problems'][Name]>,
  ): Finding => {
    const problem: Problem | undefined = checks[code]?.problems[name];
    if (problem === undefined) throw new Error(`Check ${code} has no problem ${name}.`);
    const { outcome, says, remedy } = problem;
    return { code, outcome, message: fill(says, values, plainly), remedy: fill(remedy, values, forShell) };
  };
}

/** Judges what was seen; what could not be seen could not be checked. */
export function judged<Seen>(code: CheckCode, observed: Observed<Seen>, judge: (seen: Seen) => Finding): Finding {
  return 'seen' in observed ? judge(observed.seen) : notChecked(code, observed.unseen.message);
}

function fill(text: string, values: Record<string, Value>, write: (value: Value | undefined) => string): string {
  return text.replaceAll(/<([a-zA-Z]+)>/g, (_, name: string) => write(values[name]));
}

function plainly(value: Value | undefined): string {
  return Array.isArray(value) ? few(value) : String(value);
}

/** All of a list, each as a word of its own. */
function forShell(value: Value | undefined): string {
  if (typeof value === 'object' && 'command' in value) return value.command;
  return [value]
    .flat()
    .map((one) => shellWord(String(one)))
    .join(' ');
}
