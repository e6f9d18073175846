import * as z from 'zod';

/** What an alert says, taken apart as its reader would. */
export interface AlertText {
  workflow: 'backup' | 'restore';
  steps: string[];
  reasons: string[];
  remedies: string[];
  /** What is done and half-done, a line each. */
  done: string[];
  /** The words of the command after `npx`. */
  command: string[];
  /** The input for the console. */
  input: Record<string, unknown>;
  /** The same that undoes the run, where that is offered. */
  undo: { command: string[]; input: Record<string, unknown> } | undefined;
}

/** Reads the message of an alert. */
export function readAlert(message: string): AlertText {
  const lines = message.split('\n');
  const told = (start: string) =>
    lines.filter((line) => line.startsWith(`${start}: `)).map((line) => line.slice(start.length + 2));
  const after = (start: string, from = 0) =>
    lines[lines.findIndex((line, place) => place >= from && line.startsWith(start)) + 1]?.trim() ?? '';
  const howTo = (from: number) => ({
    command: after('To ', from).split(' ').slice(1).map(unquoted),
    input: z.record(z.string(), z.unknown()).parse(JSON.parse(after('or start', from))),
  });
  const undo = lines.findIndex((line) => line.startsWith('To undo it'));
  return {
    workflow: z.enum(['backup', 'restore']).parse(/^The (\w+) of plan/.exec(message)?.[1]),
    steps: told('Step'),
    reasons: told('Why'),
    remedies: told('What to do'),
    done: lines.filter((line) => line.startsWith('- ')).map((line) => line.slice(2)),
    ...howTo(0),
    undo: undo < 0 ? undefined : howTo(undo),
  };
}

function unquoted(word: string): string {
  return word.replaceAll("'", '');
}
