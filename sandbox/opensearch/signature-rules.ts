import type { Answer } from './answer.ts';
import { signatureRefused } from './refusals.ts';
import { basicTime, readBasicTime, type Signature } from './signature.ts';

const service = 'es';
const terminator = 'aws4_request';
/** A request may be signed this much before or after it arrives. */
const toleratedMinutes = 5;

/** Refuses a signature that is incomplete, of another scope, or signed more than five minutes from now. */
export function refuseSignature(signature: Signature, region: string, now: Date): Answer | undefined {
  const problem = missingParts(signature) || scopeProblems(signature, region) || timeProblem(signature, now);
  return problem === '' ? undefined : signatureRefused(problem);
}

function missingParts({ accessKeyId, value, signedHeaders, signedAt }: Signature): string {
  const missing: string[] = [];
  if (accessKeyId === '') missing.push("Authorization header requires 'Credential' parameter. ");
  if (value === '') missing.push("Authorization header requires 'Signature' parameter. ");
  if (signedHeaders.length === 0) missing.push("Authorization header requires 'SignedHeaders' parameter. ");
  if (signedAt === '')
    missing.push("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ");
  if (!signedHeaders.includes('host')) missing.push("'Host' must be a 'SignedHeader' in the AWS Authorization. ");
  return missing.join('');
}

function scopeProblems(given: Signature, region: string): string {
  const problems: string[] = [];
  if (given.region !== region) problems.push(`Credential should be scoped to a valid region, not '${given.region}'. `);
  if (given.service !== service) problems.push(`Credential should be scoped to correct service: '${service}'. `);
  if (given.terminator !== terminator) {
    problems.push(`Credential should be scoped with a valid terminator: '${terminator}', not '${given.terminator}'. `);
  }
  if (given.day !== given.signedAt.slice(0, 8)) {
    problems.push('Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP. ');
  }
  return problems.join('');
}

function timeProblem({ signedAt }: Signature, now: Date): string {
  const signed = readBasicTime(signedAt);
  if (signed === undefined) return `Date must be in ISO-8601 'basic format'. Got '${signedAt}'.`;
  const tolerated = toleratedMinutes * 60_000;
  const earliest = new Date(now.getTime() - tolerated);
  const latest = new Date(now.getTime() + tolerated);
  if (signed < earliest) {
    const limit = `${basicTime(earliest)} (${basicTime(now)} - ${toleratedMinutes} min.)`;
    return `Signature expired: ${signedAt} is now earlier than ${limit}`;
  }
  if (signed > latest) {
    const limit = `${basicTime(latest)} (${basicTime(now)} + ${toleratedMinutes} min.)`;
    return `Signature not yet current: ${signedAt} is still later than ${limit}`;
  }
  return '';
}
