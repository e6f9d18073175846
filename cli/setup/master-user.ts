import { isCancel, password } from '@clack/prompts';
import type { SetUpInput } from '../../shared/contracts/setup.ts';
import { passwordOf } from '../../shared/core/password.ts';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import type { SetupOptions } from '../options.ts';
import type { Surroundings } from '../surroundings.ts';

/**
 * The domain's master user, where the options name one. The password comes from a secret or is asked for: an option
 * would show it in the list of processes and in the history of the shell.
 *
 * @throws TandemError USAGE, SECRET_UNREADABLE, NOT_CONFIRMED where the question is left
 */
export async function masterUser(
  { masterUser: username, masterSecret }: Pick<SetupOptions, 'masterUser' | 'masterSecret'>,
  { setUpAccount, stdin, stderr }: Surroundings,
): Promise<SetUpInput['master']> {
  if (username === undefined && masterSecret === undefined) return undefined;
  if (username === undefined)
    throw new TandemError('USAGE', 'Whose password is in the secret? Name --master-user too.');
  if (masterSecret !== undefined) {
    return { username, password: passwordOf(await setUpAccount.secrets.read(masterSecret), masterSecret) };
  }
  if (stdin.isTTY !== true || stderr.isTTY !== true) {
    throw new TandemError('USAGE', `There is no terminal to ask for the password of ${username} at.`, {
      remedy: 'Put it into Secrets Manager, and name the secret with --master-secret.',
    });
  }
  const message = `The password of ${username}`;
  const validate = (text: string | undefined) => (text ? undefined : 'There is none without a password.');
  const typed = await password({ message, validate, input: stdin, output: stderr });
  if (isCancel(typed)) throw new TandemError('NOT_CONFIRMED', 'Nothing was changed: no password was given.');
  return { username, password: typed };
}
