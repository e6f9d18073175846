import { hasCode, TandemError } from '../errors/tandem-error.ts';

/**
 * Makes the first call of a run to its domain. That no search server answers means then that the address or the network
 * is wrong, which nobody should wait for; later, when much may be half-done, it is taken to pass.
 *
 * @throws TandemError SEARCH_UNREACHABLE in place of NO_CONNECTION and NO_ANSWER
 */
export async function firstContact<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!hasCode(error, 'NO_CONNECTION', 'NO_ANSWER')) throw error;
    throw new TandemError('SEARCH_UNREACHABLE', error.message, { cause: error });
  }
}
