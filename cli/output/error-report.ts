import { CommanderError } from 'commander';
import type { Problem } from '../../shared/contracts/refusal.ts';
import { headline } from '../../shared/core/refusal.ts';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import { type ErrorReport, RunError } from '../run-error.ts';
import type { Colors } from './colors.ts';

/** Describes whatever was thrown. */
export function reportOf(error: unknown): ErrorReport {
  if (error instanceof RunError) return error.report;
  if (error instanceof TandemError) {
    const { name, code, message, remedy } = error;
    return { name, code, message, remedy };
  }
  if (error instanceof CommanderError) return reportOf(usageError(error));
  return error instanceof Error
    ? { name: error.name, message: error.message }
    : { name: 'Error', message: String(error) };
}

function usageError(error: CommanderError): TandemError {
  const message = error.code === 'commander.help' ? 'No command was given.' : error.message.replace(/^error: /, '');
  return new TandemError('USAGE', message, { cause: error, remedy: 'See `npx tandem --help`.' });
}

/** The document that stands for an answer where there is none, or that goes with the answer of a run that failed. */
export function errorDocument(error: unknown): object {
  const report = { error: reportOf(error) };
  if (!(error instanceof RunError)) return report;
  const { plan, run, carryOn, undo, answer } = error.details;
  return { ...(answer?.document ?? { plan }), run, carryOn: carryOn ?? null, undo: undo ?? null, ...report };
}

/** The same for a person. */
export function errorText(error: unknown, colors: Colors): string {
  const { step, code, remedy, ...report } = reportOf(error);
  const [first, ...others] = report.problems ?? [];
  const problems = first !== undefined && others.length > 0 ? [first, ...others] : [];
  const message = problems.length > 0 ? headline(problems) : (first?.message ?? report.message);
  const where = step === undefined ? '' : ` in ${step}`;
  const which = code === undefined ? '' : ` [${code}]`;
  const lines = [`${colors.red(`error${where}${which}:`)} ${message}`];
  lines.push(...problems.flatMap((problem) => problemLines(problem, colors)));
  if (remedy !== undefined) lines.push(`${colors.bold('What to do:')} ${remedy}`);
  if (error instanceof RunError) {
    lines.push(...error.details.notes);
    if (error.details.carryOn !== undefined) lines.push(`${colors.bold('The command:')} ${error.details.carryOn}`);
    if (error.details.undo !== undefined) lines.push(`${colors.bold('To undo it:')} ${error.details.undo}`);
  }
  return `${lines.join('\n')}\n`;
}

function problemLines({ code, message, remedy }: Problem, colors: Colors): string[] {
  return [`- [${code}] ${message}`, `  ${colors.bold('What to do:')} ${remedy}`];
}
