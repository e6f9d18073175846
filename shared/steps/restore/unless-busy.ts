import { hasCode } from '../../errors/tandem-error.ts';

/**
 * Changes indices, unless one of them is being snapshotted, as the managed service does by itself every hour.
 *
 * @returns false where it has to be tried again later
 */
export async function unlessBusy(change: () => Promise<void>): Promise<boolean> {
  try {
    await change();
    return true;
  } catch (error) {
    if (hasCode(error, 'NOT_READY')) return false;
    throw error;
  }
}
