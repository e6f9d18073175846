import { hasCode, TandemError } from '../errors/tandem-error.ts';

/**
 * Makes the first call of a run to its domain. No connection means then that the address or the network is wrong, which
 * nobody should wait for; later, when much may be half-done, it is taken to pass.
 *
 * @throws TandemError SEARCH_UNREACHABLE in place of NO_CONNECTION
 */
export async function firstContact<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!hasCode(error, 'NO_CONNECTION')) throw error;
    throw new TandemError('SEARCH_UNREACHABLE', error.message, { cause: error });
  }
}
