import { afterEach, describe, expect, it } from 'vitest';
import { emulatorAuthority } from '../../../sandbox/opensearch/emulator-authority.ts';
import { emulatorKeys } from '../../../sandbox/opensearch/emulator-keys.ts';
import { HeldClock } from '../../support/fakes/held-clock.ts';
import { domainArn, domainUnderTest, snapshotRole } from '../../support/sandbox-opensearch/domain-under-test.ts';
import { functionCredentials, startTinyEmulator } from '../../support/sandbox-opensearch/tiny-emulator.ts';

const role = 'arn:aws:iam::000000000000:role/backup';
const functionArn = 'arn:aws:lambda:eu-west-1:000000000000:function:start';
const caller = functionCredentials(functionArn, role);
const session = 'arn:aws:sts::000000000000:assumed-role/backup/start';
const root = { accessKeyId: 'test', secretAccessKey: 'test' };

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

/** A domain whose callers are those of a tiny emulator, in which one function's role is allowed what is given. */
async function emulated(...allowed: string[]) {
  const emulator = await startTinyEmulator({
    functions: [{ FunctionArn: functionArn, Role: role }],
    callers: {
      test: { arn: 'arn:aws:iam::000000000000:root' },
      [caller.accessKeyId]: { arn: session, token: caller.sessionToken },
    },
    allowed: new Set(allowed.map((each) => `${role} ${each}`)),
  });
  stops.push(emulator.stop);
  const address = { endpoint: emulator.endpoint, region: 'eu-west-1', root };
  const secretOf = emulatorKeys(address, new Map([['test', 'test']]));
  const clock = new HeldClock();
  const authority = emulatorAuthority(address, secretOf, clock);
  return { ...(await domainUnderTest({ secretOf, authority }, clock)), emulator };
}

const getA = `es:ESHttpGet ${domainArn}/a`;

describe('the role of a function', () => {
  it('may do what its policies allow, on the paths that they name', async () => {
    const { client } = await emulated(getA);
    expect((await client({ path: '/a?q=1' }, caller)).status).toBe(200);
    for (const [method, path, action] of [
      ['POST', '/a', 'es:ESHttpPost'],
      ['GET', '/b', 'es:ESHttpGet'],
    ] as const) {
      const reply = await client({ method, path }, caller);
      expect(reply.status).toBe(403);
      expect(JSON.parse(reply.text)).toEqual({
        Message:
          `User: ${session} is not authorized to perform: ${action} on resource: ${domainArn}${path}` +
          ` because no identity-based policy allows the ${action} action`,
      });
    }
  });

  it('must be allowed to pass on the role of a repository', async () => {
    const put = `es:ESHttpPut ${domainArn}/_snapshot/tandem`;
    const body = JSON.stringify({ type: 's3', settings: { bucket: 'b', role_arn: snapshotRole } });
    const call = { method: 'PUT', path: '/_snapshot/tandem', body };
    const without = await (await emulated(put)).client(call, caller);
    expect(without).toMatchObject({
      status: 403,
      text: expect.stringContaining(`perform: iam:PassRole on resource: ${snapshotRole}`),
    });
    const { client } = await emulated(put, `iam:PassRole ${snapshotRole}`);
    expect((await client(call, caller)).status).toBe(200);
  });

  it('is asked for again when what was said is old', async () => {
    const { client, emulator, clock } = await emulated(getA);
    await client({ path: '/a' }, caller);
    const asked = emulator.asked.length;
    emulator.allowed.clear();
    expect((await client({ path: '/a' }, caller)).status).toBe(200);
    expect(emulator.asked).toHaveLength(asked);
    clock.advance(5_000);
    expect((await client({ path: '/a' }, caller)).status).toBe(403);
  });
});

describe('the caller', () => {
  it('may do everything as root', async () => {
    const { client } = await emulated();
    expect((await client({ method: 'DELETE', path: '/a' }, root)).status).toBe(200);
  });

  it("must have signed with the function's own secret", async () => {
    const { client } = await emulated(getA);
    const reply = await client({ path: '/a' }, { ...caller, secretAccessKey: 'another' });
    expect(reply.text).toContain('The request signature we calculated does not match');
  });

  it.each([
    ['another token', { ...caller, sessionToken: 'another' }],
    ['no token', { accessKeyId: caller.accessKeyId, secretAccessKey: caller.secretAccessKey }],
    ['an unknown key', { accessKeyId: 'AKIANOBODY', secretAccessKey: 'any' }],
  ])('is unknown with %s', async (_, signing) => {
    const { client } = await emulated(getA);
    const reply = await client({ path: '/a' }, signing);
    expect(reply.status).toBe(403);
    expect(JSON.parse(reply.text)).toEqual({
      message: expect.stringMatching(/^The security token included in the request is invalid/),
    });
  });
});
