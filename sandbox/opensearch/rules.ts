import type { Clock } from '../../shared/ports/clock.ts';
import type { Answer } from './answer.ts';
import { type Authority, neededActions, refuseAnonymous } from './authority.ts';
import { refuseClusterSettings } from './cluster-settings.ts';
import type { SecretOf } from './emulator-keys.ts';
import { carriesPassword, type RoleOf } from './fine-grained.ts';
import { refuseApi } from './offered-apis.ts';
import { signatureMismatch } from './refusals.ts';
import { refuseRegistration, snapshotRole } from './repository.ts';
import type { DomainRequest } from './request.ts';
import { readSignature, type Signature } from './signature.ts';
import { signatureMatches } from './signature-match.ts';
import { refuseSignature } from './signature-rules.ts';

/** What the rules of a domain need to know. */
export interface Guard {
  /** arn:aws:es:<region>:<account>:domain/<name> */
  arn: string;
  region: string;
  clock: Clock;
  /** Where it knows no secret, the signature itself is not checked. */
  secretOf: SecretOf;
  /** Left out, every signed caller may do everything. */
  authority?: Authority;
  /** The ARN of the role that a key belongs to. Given, the server has the security plugin, and passwords are let through to it. */
  roleOf?: RoleOf;
}

/** All that a managed domain refuses before its server sees a request, in order; undefined where it passes. */
export async function refuse(request: DomainRequest, guard: Guard): Promise<Answer | undefined> {
  const signature = readSignature(request);
  if (signature === undefined) {
    return letsPasswordThrough(request, guard) ? refuseApi(request) : refuseAnonymous(request, guard.arn);
  }
  return (
    refuseSignature(signature, guard.region, guard.clock.now()) ??
    (await refuseMismatch(request, signature, guard)) ??
    refuseApi(request) ??
    refuseRegistration(request) ??
    (await refuseCaller(request, signature, guard)) ??
    refuseClusterSettings(request)
  );
}

/** A role can be passed on by whoever signs alone, even where a password lets do everything else. */
function letsPasswordThrough(request: DomainRequest, { roleOf }: Guard): boolean {
  return roleOf !== undefined && carriesPassword(request) && snapshotRole(request) === undefined;
}

async function refuseMismatch(request: DomainRequest, signature: Signature, { secretOf }: Guard) {
  const secret = await secretOf(signature.accessKeyId);
  if (secret === undefined || (await signatureMatches(request, signature, secret))) return undefined;
  return signatureMismatch();
}

async function refuseCaller(request: DomainRequest, { accessKeyId }: Signature, { arn, authority }: Guard) {
  const sessionToken = request.headers['x-amz-security-token'];
  for (const needed of authority ? neededActions(request, arn) : []) {
    const refusal = await authority?.({ accessKeyId, sessionToken, ...needed });
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}
