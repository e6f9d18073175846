import { TandemError } from '../errors/tandem-error.ts';

/**
 * The password that a secret holds: its text, or the `password` in a JSON object, as Secrets Manager makes for databases. The
 * end of a line after the text is that of the file that it came from.
 *
 * @throws TandemError SECRET_UNREADABLE
 */
export function passwordOf(secret: string, id: string): string {
  const fields = objectIn(secret);
  const password = fields === undefined ? secret.replace(/\r?\n$/, '') : fields.password;
  if (typeof password === 'string' && password !== '') return password;
  const what = fields === undefined ? 'is empty' : 'is a JSON object without a "password"';
  throw new TandemError('SECRET_UNREADABLE', `Secret ${id} ${what}.`, {
    remedy: 'Give the secret the key "password", or make the password alone its text.',
  });
}

function objectIn(text: string): { password?: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
