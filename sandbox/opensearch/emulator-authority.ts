import { IAMClient, SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand, STSClient, STSServiceException } from '@aws-sdk/client-sts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { Answer } from './answer.ts';
import type { Attempt, Authority } from './authority.ts';
import type { EmulatorAddress, SecretOf } from './emulator-keys.ts';
import { notAuthorized, signatureRefused, tokenRefused } from './refusals.ts';

/** Milliseconds that an answer is remembered: a changed policy is seen after this long, as on AWS. */
const remembered = 5_000;

/**
 * Lets the emulator's IAM decide. Who the caller is, STS says to the caller's own key and session token; what he may
 * do, SimulatePrincipalPolicy says of his role, with the action and the resource. Root may do everything.
 */
export function emulatorAuthority(emulator: EmulatorAddress, secretOf: SecretOf, clock: Clock): Authority {
  const iam = new IAMClient({ ...emulator, credentials: emulator.root });
  const decided = new Map<string, { until: number; refusal: Answer | undefined }>();
  return async (attempt) => {
    const key = JSON.stringify(attempt);
    const now = clock.now().getTime();
    const known = decided.get(key);
    if (known !== undefined && now < known.until) return known.refusal;
    const refusal = await decide(attempt);
    decided.set(key, { until: now + remembered, refusal });
    return refusal;
  };

  async function decide(attempt: Attempt): Promise<Answer | undefined> {
    const caller = await callerOf(attempt);
    if (typeof caller !== 'string') return caller;
    if (caller.endsWith(':root')) return undefined;
    const { EvaluationResults } = await iam.send(
      new SimulatePrincipalPolicyCommand({
        PolicySourceArn: policySource(caller),
        ActionNames: [attempt.action],
        ResourceArns: [attempt.resource],
      }),
    );
    const allowed = EvaluationResults?.every(({ EvalDecision }) => EvalDecision === 'allowed') ?? false;
    return allowed ? undefined : notAuthorized(caller, attempt.action, attempt.resource);
  }

  /** The ARN of a caller, or why STS does not know him. */
  async function callerOf({ accessKeyId, sessionToken }: Attempt): Promise<string | Answer> {
    const secretAccessKey = await secretOf(accessKeyId);
    if (secretAccessKey === undefined) return tokenRefused();
    const session = sessionToken === undefined ? {} : { sessionToken };
    const sts = new STSClient({ ...emulator, credentials: { accessKeyId, secretAccessKey, ...session } });
    try {
      return (await sts.send(new GetCallerIdentityCommand({}))).Arn ?? tokenRefused();
    } catch (error) {
      if (error instanceof STSServiceException && error.$fault === 'client') return signatureRefused(error.message);
      throw error;
    } finally {
      sts.destroy();
    }
  }
}

/** A session has the policies of its role, whose path the session's ARN does not tell. */
function policySource(caller: string): string {
  return caller.replace(/^arn:aws:sts::(\d+):assumed-role\/([^/]+)\/.*$/, 'arn:aws:iam::$1:role/$2');
}
