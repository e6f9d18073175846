import { confirm } from '@clack/prompts';
import type { Change } from '../../shared/contracts/setup.ts';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import { colorsFor } from '../output/colors.ts';
import { changeLines } from '../output/setup-answer.ts';
import type { Surroundings } from '../surroundings.ts';

/**
 * Shows what a set-up would change and asks whether it may.
 *
 * @throws TandemError NOT_CONFIRMED
 */
export async function confirmChanges(changes: Change[], { stdin, stderr, env }: Surroundings): Promise<void> {
  if (stdin.isTTY !== true || stderr.isTTY !== true) {
    throw new TandemError('NOT_CONFIRMED', 'The set-up is not confirmed, and there is no terminal to ask at.', {
      remedy: 'See what it would change with --dry-run, then let it with --yes.',
    });
  }
  stderr.write(`\nThe set-up would change:\n${changeLines(changes, colorsFor(stderr, env)).join('\n')}\n\n`);
  const answer = await confirm({ message: 'Change this?', initialValue: false, input: stdin, output: stderr });
  if (answer !== true) throw new TandemError('NOT_CONFIRMED', 'Nothing was changed: the set-up was not confirmed.');
}
