import { TandemError } from '../../../shared/errors/tandem-error.ts';
import type { Secrets } from '../../../shared/ports/secrets.ts';

/** Secrets in memory, by id. */
export function fakeSecrets(values: Record<string, string>): Secrets {
  return {
    async read(id) {
      const value = values[id];
      if (value === undefined) throw new TandemError('SECRET_UNREADABLE', `There is no secret ${id}.`);
      return value;
    },
  };
}
