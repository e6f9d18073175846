import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { TandemError } from '../errors/tandem-error.ts';
import type { Secrets } from '../ports/secrets.ts';
import { ask } from './aws-call.ts';

const refusals = {
  ResourceNotFoundException: 'SECRET_UNREADABLE',
  AccessDeniedException: 'SECRET_UNREADABLE',
  DecryptionFailure: 'SECRET_UNREADABLE',
  InvalidParameterException: 'SECRET_UNREADABLE',
  InvalidRequestException: 'SECRET_UNREADABLE',
  ValidationException: 'SECRET_UNREADABLE',
} as const;

/** The secrets of an account and region of Secrets Manager. */
export function secretsManagerSecrets(client: SecretsManagerClient): Secrets {
  return {
    async read(id) {
      const command = new GetSecretValueCommand({ SecretId: id });
      const { SecretString } = await ask(client, `GetSecretValue ${id}`, () => client.send(command), refusals);
      if (SecretString !== undefined) return SecretString;
      throw new TandemError('SECRET_UNREADABLE', `The secret ${id} holds bytes instead of a text.`);
    },
  };
}
