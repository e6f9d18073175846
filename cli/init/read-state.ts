import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { reasonOf, TandemError } from '../../shared/errors/tandem-error.ts';

/**
 * The text of a state file, compressed or not.
 *
 * @throws TandemError WEBINY_STATE_UNUSABLE where it cannot be read
 */
export async function readState(file: string): Promise<string> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw unreadable(file, cause);
  });
  // Leaves out the mark of the byte order, which some programs write.
  return new TextDecoder().decode(isCompressed(bytes) ? uncompressed(bytes, file) : bytes);
}

/** What cannot be read by the one who asks. */
export function unreadable(path: string, cause: unknown): TandemError {
  return new TandemError('WEBINY_STATE_UNUSABLE', `${path} cannot be read: ${reasonOf(cause)}.`, {
    cause,
    remedy: 'Make it readable for you, then try again.',
  });
}

/** The first bytes of every gzip file (RFC 1952). */
function isCompressed([first, second]: Uint8Array): boolean {
  return first === 0x1f && second === 0x8b;
}

function uncompressed(bytes: Uint8Array, file: string): Uint8Array {
  try {
    return gunzipSync(bytes);
  } catch (cause) {
    throw new TandemError('WEBINY_STATE_UNUSABLE', `${file} cannot be uncompressed: ${reasonOf(cause)}.`, { cause });
  }
}
