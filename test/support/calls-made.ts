import { LambdaClient, paginateListFunctions } from '@aws-sdk/client-lambda';
import * as z from 'zod';
import { functionKeys } from '../../sandbox/opensearch/emulator-keys.ts';
import { clientOf } from './emulators.ts';

/** A call as the three fronts of the sandbox tell it. */
const callSchema = z.union([
  z
    .object({ at: z.string(), action: z.string(), caller: z.string(), status: z.number() })
    .transform(({ status, ...call }) => ({ ...call, denied: status === 403 })),
  z
    .object({ at: z.string(), operation: z.string(), caller: z.string().optional(), outcome: z.string() })
    .transform(({ operation, outcome, ...call }) => {
      return { ...call, action: `dynamodb:${operation}`, denied: outcome === 'AccessDeniedException' };
    }),
  z
    .object({ at: z.string(), action: z.string(), accessKeyId: z.string().optional(), status: z.number().optional() })
    .transform(({ accessKeyId, status, ...call }) => ({ ...call, caller: accessKeyId, denied: status === 403 })),
]);

interface RoleCall {
  action: string;
  denied: boolean;
}

/**
 * The calls that the deployed functions made since a moment, by the logical id of the role that they run with.
 *
 * @param fronts the addresses of what stands in front of the emulator and of the search server
 */
export async function callsMadeSince(since: Date, aws: string, fronts: string[]): Promise<Map<string, RoleCall[]>> {
  const roles = await roleOfKey(aws);
  const answers = await Promise.all(fronts.map((front) => fetch(`${front}/_sandbox/calls`)));
  const calls = await Promise.all(answers.map(async (answer) => z.array(callSchema).parse(await answer.json())));
  const made = calls.flat().filter(({ at }) => at >= since.toISOString());
  return Map.groupBy(made, ({ caller = '' }) => roles.get(caller) ?? 'nobody');
}

/** The stack names the roles itself: `tandem-sandbox-BackupRole-1A2B3C`. */
async function roleOfKey(aws: string): Promise<Map<string, string>> {
  const roles = new Map<string, string>();
  for await (const { Functions = [] } of paginateListFunctions({ client: new LambdaClient(clientOf(aws)) }, {})) {
    for (const { FunctionArn, Role } of Functions) {
      const [, id] = /role\/tandem-sandbox-(\w+?)-\w+$/.exec(Role ?? '') ?? [];
      if (id !== undefined) roles.set(functionKeys(FunctionArn, Role).accessKeyId, id);
    }
  }
  return roles;
}
