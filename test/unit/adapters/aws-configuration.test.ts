import { createHash } from 'node:crypto';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ListStateMachinesCommand, SFNClient } from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { ask } from '../../../shared/adapters/aws-call.ts';
import { awsClientOptions } from '../../../shared/adapters/aws-client-options.ts';
import { temporaryFolder } from '../../support/sandbox-processes/temporary-sandbox.ts';
import { type Scripted, startScriptedServer } from '../../support/scripted-server.ts';

/*
 * The clients find credentials and region as the AWS command line does: what the SDK is trusted with is held here, in one
 * process without any configuration but that of the test.
 */

const corporate = 'https://corp.awsapps.com/start';
let home: string;

beforeEach(async () => {
  home = await temporaryFolder();
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) vi.stubEnv(name, undefined);
  vi.stubEnv('HOME', home);
  vi.stubEnv('AWS_CONFIG_FILE', join(home, 'config'));
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(home, 'credentials'));
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
});
afterEach(() => vi.unstubAllEnvs());

async function configure(profile: string, ...lines: string[]): Promise<void> {
  await writeFile(join(home, 'credentials'), '[base]\naws_access_key_id = BASEKEY\naws_secret_access_key = secret\n');
  await writeFile(join(home, 'config'), lines.join('\n'));
  vi.stubEnv('AWS_PROFILE', profile);
}

/** Calls Step Functions, and answers how each request was signed: `BASEKEY/eu-west-1/states`. */
async function signatures(...script: Scripted[]): Promise<string[]> {
  const { endpoint, received, stop } = await startScriptedServer(...script, { json: { stateMachines: [] } });
  onTestFinished(stop);
  vi.stubEnv('AWS_ENDPOINT_URL', endpoint);
  const client = new SFNClient({ ...awsClientOptions, maxAttempts: 1 });
  await ask(client, 'ListStateMachines', () => client.send(new ListStateMachinesCommand()));
  const scope = /Credential=([^/]+)\/\d+\/([^/]+)\/([^/]+)\//;
  return received.map(
    ({ headers }) =>
      scope
        .exec(headers.authorization ?? '')
        ?.slice(1)
        .join('/') ?? 'unsigned',
  );
}

describe('a profile of ~/.aws/config', () => {
  it('gives the keys and the region', async () => {
    await configure('base', '[profile base]', 'region = eu-west-1');

    expect(await signatures()).toEqual(['BASEKEY/eu-west-1/states']);
  });

  it('has another region where AWS_REGION names one', async () => {
    await configure('base', '[profile base]', 'region = eu-west-1');
    vi.stubEnv('AWS_REGION', 'eu-north-1');

    expect(await signatures()).toEqual(['BASEKEY/eu-north-1/states']);
  });

  it('takes the role that it names, with the keys of its source_profile', async () => {
    const role = ['[profile ops]', 'role_arn = arn:aws:iam::111122223333:role/ops', 'source_profile = base'];
    await configure('ops', ...role, 'region = eu-west-1');
    const keys = ['AccessKeyId>ROLEKEY', 'SecretAccessKey>s', 'SessionToken>t', 'Expiration>2999-01-01T00:00:00Z'];
    const credentials = keys.map((key) => `<${key}</${key.split('>')[0]}>`).join('');
    const assumed = `<AssumeRoleResponse><AssumeRoleResult><Credentials>${credentials}</Credentials></AssumeRoleResult></AssumeRoleResponse>`;

    expect(await signatures({ text: assumed })).toEqual(['BASEKEY/eu-west-1/sts', 'ROLEKEY/eu-west-1/states']);
  });

  it('asks its credential_process', async () => {
    const program = join(home, 'vault.sh');
    await writeFile(program, `#!/bin/sh\necho '{"Version":1,"AccessKeyId":"VAULTKEY","SecretAccessKey":"secret"}'\n`);
    await chmod(program, 0o755);
    await configure('vault', '[profile vault]', `credential_process = ${program}`, 'region = eu-west-1');

    expect(await signatures()).toEqual(['VAULTKEY/eu-west-1/states']);
  });

  it.for<[what: string, cacheKey: string, lines: string[]]>([
    ['session', 'corp', ['sso_session = corp', '[sso-session corp]', `sso_start_url = ${corporate}`]],
    ['start URL', corporate, [`sso_start_url = ${corporate}`]],
  ])('says to sign in where the SSO %s has expired, without a request', async ([, cacheKey, lines]) => {
    const account = ['sso_account_id = 111122223333', 'sso_role_name = ops', 'region = eu-west-1'];
    await configure('sso', '[profile sso]', ...account, ...lines, 'sso_region = eu-west-1');
    const cache = join(home, '.aws/sso/cache');
    await mkdir(cache, { recursive: true });
    const token = { accessToken: 'not-to-be-seen', expiresAt: '2020-01-01T00:00:00Z' };
    await writeFile(
      join(cache, `${createHash('sha1').update(cacheKey).digest('hex')}.json`),
      JSON.stringify({ ...token, startUrl: corporate, region: 'eu-west-1' }),
    );

    await expect(signatures()).rejects.toMatchObject({
      code: 'CREDENTIALS_MISSING',
      message: expect.not.stringContaining('not-to-be-seen'),
      remedy: expect.stringContaining('aws sso login'),
    });
  });

  it.for<[name: string, profile: string, lines: string[], code: string]>([
    [
      'with a session that is not there',
      'sso',
      ['sso_session = corp', 'sso_account_id = 111122223333', 'sso_role_name = ops', 'region = eu-west-1'],
      'CREDENTIALS_MISSING',
    ],
    [
      'with the token of a web identity that is not there',
      'web',
      ['web_identity_token_file = /nowhere', 'role_arn = arn:aws:iam::111122223333:role/ops', 'region = eu-west-1'],
      'CREDENTIALS_MISSING',
    ],
    ['without a region', 'base', [], 'REGION_MISSING'],
    ['with a program that fails', 'vault', ['credential_process = false', 'region = eu-west-1'], 'CREDENTIALS_MISSING'],
    ['that is not there', 'nobody', [], 'REGION_MISSING'],
  ])('%s is told as that', async ([, profile, lines, code]) => {
    await configure(profile, ...(profile === 'nobody' ? [] : [`[profile ${profile}]`, ...lines]));

    await expect(signatures()).rejects.toMatchObject({ code, remedy: expect.stringContaining('AWS_PROFILE') });
  });
});

it('tells a token that AWS calls expired as credentials to be renewed', async () => {
  for (const [name, value] of Object.entries({ ACCESS_KEY_ID: 'OLD', SECRET_ACCESS_KEY: 's', SESSION_TOKEN: 't' })) {
    vi.stubEnv(`AWS_${name}`, value);
  }
  vi.stubEnv('AWS_REGION', 'eu-west-1');
  const refusal = { __type: 'ExpiredTokenException', message: 'The security token included in the request is expired' };

  await expect(signatures({ status: 400, json: refusal })).rejects.toMatchObject({ code: 'CREDENTIALS_MISSING' });
});
