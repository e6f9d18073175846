import { CommanderError } from 'commander';
import { exitCodeOf, exitCodes } from './exit-code.ts';
import { colorsFor } from './output/colors.ts';
import { errorDocument, errorText } from './output/error-report.ts';
import { written } from './output/written.ts';
import { json, tandemProgram } from './program.ts';
import { RunError } from './run-error.ts';
import { realSurroundings, type Surroundings } from './surroundings.ts';

/**
 * Does what a command line asks for.
 *
 * @param args the words after `tandem`
 * @returns the exit code
 */
export async function main(args: string[], surroundings: Surroundings): Promise<number> {
  try {
    let code: number = exitCodes.done;
    const program = tandemProgram(surroundings, (exitCode) => {
      code = exitCode;
    });
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    // The help and the version were asked for.
    if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.done;
    tell(error, args.includes('--json'), surroundings);
    return exitCodeOf(error);
  }
}

function tell(error: unknown, asJson: boolean, { stdout, stderr, env }: Surroundings): void {
  if (asJson) stdout.write(json(errorDocument(error)));
  else if (error instanceof RunError && error.details.answer !== undefined) {
    stdout.write(`${error.details.answer.text(colorsFor(stdout, env), stdout.isTTY === true)}\n`);
  }
  stderr.write(errorText(error, colorsFor(stderr, env)));
  if (env.TANDEM_DEBUG !== undefined && error instanceof Error) stderr.write(`${error.stack}\n`);
}

/** Does what the command line of this process asks for, and ends the process: a step that was left may be at work still. */
export async function runAsProgram(): Promise<never> {
  const surroundings = realSurroundings();
  const code = await main(process.argv.slice(2), surroundings);
  await Promise.all([written(surroundings.stdout), written(surroundings.stderr)]);
  process.exit(code);
}
