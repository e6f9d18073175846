import { createHash, createHmac } from 'node:crypto';
import { createScope, getCanonicalHeaders, getSigningKey, SignatureV4Base } from '@smithy/signature-v4';
import type { DomainRequest } from './request.ts';
import { Sha256 } from './sha256.ts';
import type { Signature } from './signature.ts';

/**
 * True where the signature is what the secret makes of the request as it came off the wire. The SDK's own signer
 * computes it, which shares no code with the client's.
 */
export async function signatureMatches(request: DomainRequest, signature: Signature, secret: string): Promise<boolean> {
  const { accessKeyId, day, region, service } = signature;
  const credentials = { accessKeyId, secretAccessKey: secret };
  const key = await getSigningKey(Sha256, credentials, day, region, service);
  const signed = createHmac('sha256', key).update(await new Signer(credentials, signature).stringToSign(request));
  return signed.digest('hex') === signature.value;
}

/** The SDK's signer, told which headers to sign and when. A hash that the client states of its body is not used. */
class Signer extends SignatureV4Base {
  readonly #signature: Signature;

  constructor(credentials: { accessKeyId: string; secretAccessKey: string }, signature: Signature) {
    super({ credentials, region: signature.region, service: signature.service, sha256: Sha256 });
    this.#signature = signature;
  }

  stringToSign({ method, path, query, headers, body }: DomainRequest): Promise<string> {
    const { day, region, service, signedAt } = this.#signature;
    const names = new Set(this.#signature.signedHeaders);
    const signed = Object.fromEntries(Object.entries(headers).filter(([name]) => names.has(name)));
    const request = { method, protocol: 'http:', hostname: '', path, query: queryBag(query), headers: signed };
    const canonicalHeaders = getCanonicalHeaders(request, undefined, names);
    const hash = createHash('sha256').update(body).digest('hex');
    const canonical = this.createCanonicalRequest(request, canonicalHeaders, hash);
    return this.createStringToSign(signedAt, createScope(day, region, service), canonical, 'AWS4-HMAC-SHA256');
  }
}

function queryBag(query: URLSearchParams): Record<string, string[]> {
  return Object.fromEntries([...query.keys()].map((name) => [name, query.getAll(name)]));
}
