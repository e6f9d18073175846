import { TandemError } from '../errors/tandem-error.ts';

/**
 * The password that a secret holds: its text, or the `password` in a JSON object, as Secrets Manager makes for databases.
 *
 * @throws TandemError SECRET_UNREADABLE
 */
export function passwordOf(secret: string, id: string): string {
  const fields = objectIn(secret);
  if (fields === undefined) return secret;
  if (typeof fields.password === 'string') return fields.password;
  throw new TandemError('SECRET_UNREADABLE', `Secret ${id} is a JSON object without a "password".`, {
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
