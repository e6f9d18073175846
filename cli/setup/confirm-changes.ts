import { confirm } from '@clack/prompts';
import type { Change } from '../../shared/contracts/setup.ts';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import type { SetupOptions } from '../options.ts';
import { colorsFor } from '../output/colors.ts';
import { changeLines } from '../output/setup-answer.ts';
import type { Surroundings } from '../surroundings.ts';

/**
 * Shows what a set-up changes, before it does, and asks whether it may where that was not said.
 *
 * @throws TandemError NOT_CONFIRMED
 */
export async function confirmChanges(
  changes: Change[],
  { yes, quiet }: Pick<SetupOptions, 'yes' | 'quiet'>,
  { stdin, stderr, env }: Surroundings,
): Promise<void> {
  if (changes.length === 0) return;
  const [headline, isQuiet] = yes ? ['The set-up changes:', quiet] : ['The set-up would change:', false];
  if (!isQuiet) stderr.write(`\n${headline}\n${changeLines(changes, colorsFor(stderr, env)).join('\n')}\n\n`);
  if (yes) return;
  if (stdin.isTTY !== true || stderr.isTTY !== true) {
    throw new TandemError('NOT_CONFIRMED', 'The set-up is not confirmed, and there is no terminal to ask at.', {
      remedy: 'See above what it would change (all of it: --dry-run), then confirm with --yes.',
    });
  }
  const answer = await confirm({ message: 'Change this?', initialValue: false, input: stdin, output: stderr });
  if (answer !== true) throw new TandemError('NOT_CONFIRMED', 'Nothing was changed: the set-up was not confirmed.');
}
