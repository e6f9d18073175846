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
  return decoded(startsWith(bytes, gzip) ? uncompressed(bytes, file) : bytes);
}

/** What cannot be read by the one who asks. */
export function unreadable(path: string, cause: unknown): TandemError {
  return new TandemError('WEBINY_STATE_UNUSABLE', `${path} cannot be read: ${reasonOf(cause)}.`, {
    cause,
    remedy: 'Make it readable for you, then try again.',
  });
}

/** What every gzip file begins with (RFC 1952). */
const gzip = [0x1f, 0x8b];
/** What Windows writes where PowerShell puts an answer into a file. */
const utf16 = [0xff, 0xfe];

function startsWith(bytes: Uint8Array, [first, second]: number[]): boolean {
  return bytes[0] === first && bytes[1] === second;
}

/** Without the mark of the byte order, which a decoder leaves out. */
function decoded(bytes: Uint8Array): string {
  return new TextDecoder(startsWith(bytes, utf16) ? 'utf-16le' : 'utf-8').decode(bytes);
}

function uncompressed(bytes: Uint8Array, file: string): Uint8Array {
  try {
    return gunzipSync(bytes);
  } catch (cause) {
    throw new TandemError('WEBINY_STATE_UNUSABLE', `${file} cannot be uncompressed: ${reasonOf(cause)}.`, { cause });
  }
}
