import { exitCodeOfRun } from '../cli/exit-code.ts';
import { type ErrorName, errorCatalogue, errorNames } from '../shared/errors/catalogue.ts';

/** What a name means to whoever meets it in an execution. */
const meanings = {
  TransientError: 'Goes away by itself: the step is tried again, and the run fails with it only if it stays.',
  InvalidRequestError: 'The plan file, the command or the input has to be corrected.',
  GuardRefusedError: 'A guard found that going on would put something at risk.',
  ConflictError: 'Something else changes what the run works on.',
  IncompleteBackupError: 'A part of a backup is missing or broken, so no recovery point was recorded.',
  DeadlineExceededError: 'The run took longer than its plan allows.',
  ProviderFailureError: 'A service failed, or refused what the run needs from it.',
  VerificationFailedError: 'The restore was done, but what is there is not what was backed up.',
} as const satisfies Record<ErrorName, string>;

/** The text of docs/errors.md. */
export function errorsPage(): string {
  const intro = [
    '# Errors',
    '',
    '<!-- Made by `npm run docs` from shared/errors/catalogue.ts. Change it there. -->',
    '',
    'Every failure has a code, which the alert and the command line show in brackets, and one of a few names, which is the',
    'error of the failed execution in Step Functions. Only a TransientError is tried again.',
    '',
  ];
  return [...intro, ...errorNames.flatMap(section)].join('\n');
}

function section(name: ErrorName): string[] {
  const entries = Object.entries(errorCatalogue)
    .filter(([, entry]) => entry.name === name)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([code, { when, remedy }]) => [`### ${code}`, '', when, '', `What to do: ${remedy}`, '']);
  return [
    `## ${name}`,
    '',
    `${meanings[name]} A run that fails with it ends the command with exit code ${exitCodeOfRun(name)}.`,
    '',
    ...entries,
  ];
}
