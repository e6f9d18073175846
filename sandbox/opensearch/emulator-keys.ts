import { createHash } from 'node:crypto';
import { LambdaClient, paginateListFunctions } from '@aws-sdk/client-lambda';

/** Finds the secret of an access key; undefined where it cannot be known. */
export type SecretOf = (accessKeyId: string) => Promise<string | undefined>;

export interface EmulatorAddress {
  endpoint: string;
  region: string;
  /** Keys that may do everything. */
  root: { accessKeyId: string; secretAccessKey: string };
}

/**
 * The secrets of the keys that an emulator's callers sign with: those given here, to which the caller may add, and
 * those of its Lambda functions (not of their published versions).
 */
export function emulatorKeys(emulator: EmulatorAddress, given: ReadonlyMap<string, string>): SecretOf {
  const client = new LambdaClient({ ...emulator, credentials: emulator.root });
  const found = new Map<string, string>();
  return async (accessKeyId) => {
    const secret = given.get(accessKeyId) ?? found.get(accessKeyId) ?? (await functionSecret(client, accessKeyId));
    if (secret !== undefined) found.set(accessKeyId, secret);
    return secret;
  };
}

async function functionSecret(client: LambdaClient, accessKeyId: string): Promise<string | undefined> {
  for await (const page of paginateListFunctions({ client }, {})) {
    for (const { FunctionArn, Role } of page.Functions ?? []) {
      const keys = functionKeys(FunctionArn, Role);
      if (accessKeyId === keys.accessKeyId) return keys.secretAccessKey;
    }
  }
  return undefined;
}

/**
 * The keys that a function signs with. MiniStack 1.5 makes them from the function's ARN and its role
 * (`execution_credentials` in its lambda_runtime.py), so the sandbox can as well.
 */
export function functionKeys(functionArn: string | undefined, role: string | undefined) {
  const digest = sha256(`${functionArn}:${role}`);
  return { accessKeyId: `ASIA${digest.slice(0, 16).toUpperCase()}`, secretAccessKey: sha256(`secret:${digest}`) };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
