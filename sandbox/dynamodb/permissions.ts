import aws4 from 'aws4';
import { z } from 'zod';
import type { Authority } from '../opensearch/authority.ts';
import type { Call } from './call.ts';
import { readJson } from './json-body.ts';
import { errorReply, type Reply } from './reply.ts';
import { needsOf } from './scoped-calls.ts';
import type { Request } from './upstream.ts';

/** Who decides what callers may do, and the keys with which a call that was allowed is sent on. */
export interface Permissions {
  authority: Authority;
  region: string;
  account: string;
  root: { accessKeyId: string; secretAccessKey: string };
}

const messageSchema = z.looseObject({ Message: z.string() }).catch({ Message: 'The caller is not known.' });

/**
 * Decides on a call whose object the emulator cannot tell.
 *
 * @returns the refusal, or the request to send on: root's where it was decided here, the caller's own otherwise
 */
export async function permit(call: Call, request: Request, permissions: Permissions): Promise<Reply | Request> {
  const needs = needsOf(call, permissions.region, permissions.account);
  if (needs === undefined || call.caller === undefined) return request;
  const token = request.headers['x-amz-security-token'];
  const sessionToken = typeof token === 'string' ? token : undefined;
  for (const need of needs) {
    const refusal = await permissions.authority({ accessKeyId: call.caller, sessionToken, ...need });
    if (refusal === undefined) continue;
    const message = messageSchema.parse(readJson(refusal.body)).Message;
    return errorReply({ type: 'AccessDeniedException', message });
  }
  return signedByRoot(request, permissions);
}

export function signedByRoot({ method, path, headers, body }: Request, { root, region }: Permissions): Request {
  const { host = '', 'x-amz-target': target = '', 'content-type': type = '' } = headers;
  const sent = { 'X-Amz-Target': String(target), 'Content-Type': type };
  const text = body.toString();
  const signed = aws4.sign({ service: 'dynamodb', region, host, method, path, headers: sent, body: text }, root);
  const own = Object.entries(signed.headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]);
  return { method, path, headers: Object.fromEntries(own), body };
}
