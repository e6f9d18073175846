import type { DomainRequest } from './request.ts';
import { readSignature } from './signature.ts';

/** The ARN of the role whose session an access key is. */
export type RoleOf = (accessKeyId: string) => string;

/** True where the caller is known to the security plugin by name and password, instead of by a signature. */
export function carriesPassword({ headers }: DomainRequest): boolean {
  return /^Basic /i.test(headers.authorization ?? '');
}

/**
 * The request with what the service tells the security plugin of whoever signed it: the ARN of the role, as the name and
 * as the one backend role of the caller. Without `roleOf` the server has no such plugin.
 */
export function identified(request: DomainRequest, roleOf: RoleOf | undefined): DomainRequest {
  const signature = readSignature(request);
  if (roleOf === undefined || signature === undefined) return request;
  const role = roleOf(signature.accessKeyId);
  // The plugin believes these of a proxy alone, which it knows by the address that it was forwarded from.
  const told = { 'x-proxy-user': role, 'x-proxy-roles': role, 'x-forwarded-for': '127.0.0.1' };
  return { ...request, headers: { ...request.headers, ...told } };
}
