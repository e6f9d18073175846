import { randomUUID } from 'node:crypto';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { describe, expect, inject, it } from 'vitest';
import { secretsManagerSecrets } from '../../shared/adapters/secrets-manager-secrets.ts';
import type { Secrets } from '../../shared/ports/secrets.ts';
import { clientOf } from '../support/emulators.ts';
import { fakeSecrets } from '../support/fakes/secrets.ts';

interface Subject {
  name: string;
  /** Secrets with one of this text; answers its id. */
  open(text: string): Promise<{ secrets: Secrets; id: string }>;
}

async function emulator(endpoint: string, secret: { SecretString: string } | { SecretBinary: Uint8Array }) {
  const client = new SecretsManagerClient(clientOf(endpoint));
  const id = `domain-password-${randomUUID()}`;
  await client.send(new CreateSecretCommand({ Name: id, ...secret }));
  return { secrets: secretsManagerSecrets(client), id };
}

const subjects: Subject[] = [
  { name: 'the fake', open: async (text) => ({ secrets: fakeSecrets({ password: text }), id: 'password' }) },
  { name: 'MiniStack', open: (text) => emulator(inject('miniStack'), { SecretString: text }) },
  { name: 'moto', open: (text) => emulator(inject('moto'), { SecretString: text }) },
];

describe.each(subjects)('secrets: $name', ({ open }) => {
  it('reads the text of a secret', async () => {
    const { secrets, id } = await open('p@ss wörd');

    expect(await secrets.read(id)).toBe('p@ss wörd');
  });

  it('says which secret cannot be read', async () => {
    const { secrets } = await open('x');

    await expect(secrets.read('no-such-secret')).rejects.toMatchObject({
      code: 'SECRET_UNREADABLE',
      message: expect.stringContaining('no-such-secret'),
    });
  });
});

describe('secrets: Secrets Manager', () => {
  it('does not take bytes for a text', async () => {
    const { secrets, id } = await emulator(inject('miniStack'), { SecretBinary: Buffer.from('bytes') });

    await expect(secrets.read(id)).rejects.toMatchObject({ code: 'SECRET_UNREADABLE' });
  });
});
