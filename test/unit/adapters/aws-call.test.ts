import { devNull } from 'node:os';
import { inspect } from 'node:util';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { ask, askOnce } from '../../../shared/adapters/aws-call.ts';
import { TandemError } from '../../../shared/errors/tandem-error.ts';
import { type Scripted, startScriptedServer } from '../../support/scripted-server.ts';

const options = {
  region: 'eu-west-1',
  credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'not-to-be-seen' },
  maxAttempts: 1,
};

/** Waits for long where there will be an answer: a busy machine takes its time to give one. */
const patience = (script: Scripted[]) => ({
  requestTimeout: script.includes('silence') ? 100 : 9_000,
  throwOnRequestTimeout: true,
});

async function clientAnswered(...script: Scripted[]): Promise<DynamoDBClient> {
  const server = await startScriptedServer(...script);
  onTestFinished(() => server.stop());
  return new DynamoDBClient({ ...options, requestHandler: patience(script), endpoint: server.endpoint });
}

const refusal = (type: string, status = 400, message = `text of ${type}`): Scripted => ({
  status,
  json: { __type: `com.amazonaws.dynamodb.v20120810#${type}`, message },
});

function listTables(client: DynamoDBClient) {
  return ask(client, 'ListTables', () => client.send(new ListTablesCommand()));
}

function changeOnce(client: DynamoDBClient) {
  const refusals = { LimitExceededException: 'NOT_READY' } as const;
  return askOnce(client, 'CreateBackup of orders', () => client.send(new ListTablesCommand()), refusals);
}

const denied =
  'User: arn:aws:sts::111122223333:assumed-role/backup/run is not authorized to perform: dynamodb:ListTables on resource: *';

/** Answers of the service, and what they mean of a read and of a change that may not be repeated blindly. */
const answers: [Scripted, code: string, codeOfChange: string, message: RegExp][] = [
  [refusal('UnrecognizedClientException'), 'CREDENTIALS_MISSING', 'CREDENTIALS_MISSING', /text of Unrec/],
  [refusal('ExpiredTokenException'), 'CREDENTIALS_MISSING', 'CREDENTIALS_MISSING', /ExpiredToken/],
  [refusal('InvalidSignatureException'), 'CREDENTIALS_MISSING', 'CREDENTIALS_MISSING', /InvalidSignature/],
  [refusal('InvalidClientTokenId', 403), 'CREDENTIALS_MISSING', 'CREDENTIALS_MISSING', /InvalidClientTokenId/],
  [
    refusal('AccessDeniedException', 400, denied),
    'ACCESS_DENIED',
    'ACCESS_DENIED',
    /role\/backup.*dynamodb:ListTables/,
  ],
  [refusal('AccessDenied', 403, denied), 'ACCESS_DENIED', 'ACCESS_DENIED', /role\/backup.*dynamodb:ListTables/],
  [refusal('ThrottlingException'), 'THROTTLED', 'THROTTLED', /ThrottlingException/],
  [refusal('ProvisionedThroughputExceededException'), 'THROTTLED', 'THROTTLED', /Throughput/],
  [refusal('RequestLimitExceeded'), 'THROTTLED', 'THROTTLED', /RequestLimitExceeded/],
  [{ status: 429, json: {} }, 'THROTTLED', 'THROTTLED', /HTTP 429/],
  [refusal('UnknownOperationException'), 'SERVICE_NOT_OFFERED', 'SERVICE_NOT_OFFERED', /UnknownOperation/],
  [{ status: 400, json: { error: 'Unsupported service' } }, 'SERVICE_NOT_OFFERED', 'SERVICE_NOT_OFFERED', /HTTP 400/],
  [{ status: 500, text: '<!doctype html>' }, 'SERVICE_NOT_OFFERED', 'OUTCOME_UNKNOWN', /HTTP 500/],
  [{ status: 200, text: '<!doctype html>' }, 'SERVICE_NOT_OFFERED', 'OUTCOME_UNKNOWN', /HTTP 200/],
  [{ status: 403, text: '<html>' }, 'SERVICE_NOT_OFFERED', 'SERVICE_NOT_OFFERED', /HTTP 403/],
  [{ status: 502, text: '<html>' }, 'SERVICE_UNAVAILABLE', 'OUTCOME_UNKNOWN', /HTTP 502/],
  [{ status: 503, text: '' }, 'SERVICE_UNAVAILABLE', 'OUTCOME_UNKNOWN', /HTTP 503/],
  [refusal('InternalServerError', 500), 'SERVICE_UNAVAILABLE', 'OUTCOME_UNKNOWN', /InternalServerError/],
  ['cut', 'SERVICE_UNAVAILABLE', 'OUTCOME_UNKNOWN', /DynamoDB at http:\/\/127\.0\.0\.1:\d+/],
  ['silence', 'SERVICE_UNAVAILABLE', 'OUTCOME_UNKNOWN', /DynamoDB at http:\/\/127\.0\.0\.1:\d+/],
  [refusal('LimitExceededException'), 'PROVIDER_FAILURE', 'NOT_READY', /LimitExceeded/],
  [refusal('ValidationException'), 'PROVIDER_FAILURE', 'PROVIDER_FAILURE', /text of Validation/],
];

describe('an answer of AWS', () => {
  it.each(answers)(
    '%j means %s of a read, and %s of a change that is not repeated',
    async (answer, code, ofChange, message) => {
      const described = { message: expect.stringMatching(message) };

      await expect(listTables(await clientAnswered(answer))).rejects.toMatchObject({ code, ...described });
      await expect(changeOnce(await clientAnswered(answer))).rejects.toMatchObject({ code: ofChange, ...described });
    },
  );

  it('keeps the error of the SDK as the cause', async () => {
    await expect(listTables(await clientAnswered(refusal('ThrottlingException')))).rejects.toMatchObject({
      cause: { name: 'ThrottlingException' },
    });
  });

  it('is not quoted where it cannot be read, because it may hold a secret', async () => {
    const client = await clientAnswered({ status: 200, text: 'hunter2' });

    for (const call of [listTables, changeOnce]) {
      const failure = await call(client).catch((error: unknown) => error);

      expect(failure).toBeInstanceOf(TandemError);
      expect(inspect(failure, { depth: 10 })).not.toContain('hunter');
    }
  });
});

describe('a request that never arrives', () => {
  beforeEach(() => {
    for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_PROFILE']) vi.stubEnv(name, undefined);
    for (const name of ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE']) vi.stubEnv(name, devNull);
    vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
    return () => vi.unstubAllEnvs();
  });

  const nowhere = { ...options, endpoint: 'http://127.0.0.1:1' };

  it('finds nobody who listens', async () => {
    const expected = { code: 'SERVICE_UNAVAILABLE', message: expect.stringContaining('127.0.0.1:1') };

    await expect(listTables(new DynamoDBClient(nowhere))).rejects.toMatchObject(expected);
    await expect(changeOnce(new DynamoDBClient(nowhere))).rejects.toMatchObject(expected);
  });

  it('finds no such host', async () => {
    const client = new DynamoDBClient({ ...options, endpoint: 'http://dynamodb.invalid' });
    const expected = { code: 'SERVICE_UNAVAILABLE', message: expect.stringContaining('dynamodb.invalid') };

    await expect(changeOnce(client)).rejects.toMatchObject(expected);
  });

  it('lacks a region', async () => {
    vi.stubEnv('AWS_REGION', undefined);
    const { region: _, ...anywhere } = nowhere;

    await expect(listTables(new DynamoDBClient(anywhere))).rejects.toMatchObject({ code: 'REGION_MISSING' });
  });

  it('lacks credentials', async () => {
    const { credentials: _, ...anonymous } = nowhere;

    await expect(changeOnce(new DynamoDBClient(anonymous))).rejects.toMatchObject({ code: 'CREDENTIALS_MISSING' });
  });
});

describe('an answer to a service that speaks XML', () => {
  it.each([
    [{ status: 500, text: '<!doctype html><html></html>' }, 'SERVICE_UNAVAILABLE', /HTTP 500/],
    [{ status: 404, text: '<!doctype html><html></html>' }, 'SERVICE_NOT_OFFERED', /HTTP 404/],
    [{ status: 400, text: '{"error":"hunter2"}' }, 'SERVICE_NOT_OFFERED', /HTTP 400/],
    [{ status: 200, text: 'hunter2' }, 'SERVICE_NOT_OFFERED', /HTTP 200/],
  ])('%j means %s', async (answer, code, message) => {
    const server = await startScriptedServer(answer);
    onTestFinished(() => server.stop());
    const client = new S3Client({ ...options, endpoint: server.endpoint, forcePathStyle: true });
    const list = () => client.send(new ListObjectsV2Command({ Bucket: 'catalog' }));

    await expect(ask(client, 'ListObjectsV2', list)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
  });
});

describe('an answer to a wrong signature', () => {
  const token = 'IQoJb3JpZ2luX2VjSECRET';
  const first = 'The request signature we calculated does not match the signature you provided.';

  it('of DynamoDB is told without what should have been signed: that holds the session token', async () => {
    const canonical = `\n\nThe Canonical String for this request should have been\n'POST\n/\n\nx-amz-security-token:${token}\n'`;
    const client = await clientAnswered(refusal('InvalidSignatureException', 400, `${first}${canonical}`));

    const error = await listTables(client).catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({ code: 'CREDENTIALS_MISSING', message: expect.stringContaining(first) });
    expect(inspect(error, { depth: null })).not.toContain(token);
  });

  it('of S3 is told without it as well, which has it in a field of its own', async () => {
    const text = `<Error><Code>SignatureDoesNotMatch</Code><Message>${first}</Message><CanonicalRequest>x-amz-security-token:${token}</CanonicalRequest></Error>`;
    const server = await startScriptedServer({ status: 403, text });
    onTestFinished(() => server.stop());
    const client = new S3Client({ ...options, endpoint: server.endpoint, forcePathStyle: true });

    const error = await ask(client, 'list', () => client.send(new ListObjectsV2Command({ Bucket: 'b' }))).catch(
      (thrown: unknown) => thrown,
    );

    expect(error).toMatchObject({ code: 'CREDENTIALS_MISSING', message: expect.stringContaining(first) });
    expect(inspect(error, { depth: null })).not.toContain(token);
  });
});
