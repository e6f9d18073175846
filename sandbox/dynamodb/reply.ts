import type { IncomingHttpHeaders } from 'node:http';
import { crc32 } from 'node:zlib';
import * as z from 'zod';
import { readJson } from './json-body.ts';
import type { Refusal } from './refusals.ts';

/** An HTTP answer, read whole. */
export interface Reply {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

const error = z.looseObject({ __type: z.string() });

/** An answer in the service's protocol, with the checksum that some clients verify. */
export function jsonReply(status: number, value: unknown): Reply {
  const body = Buffer.from(JSON.stringify(value));
  const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-crc32': String(crc32(body)) };
  return { status, headers, body };
}

/** An error of the service, HTTP 400 unless it is the service's own fault. */
export function errorReply({ type, message }: Refusal, status = 400): Reply {
  return jsonReply(status, { __type: `com.amazonaws.dynamodb.v20120810#${type}`, message });
}

/** The type of the error that an answer holds, without its name space; undefined where it is none. */
export function errorTypeOf({ status, body }: Reply): string | undefined {
  if (status < 400) return undefined;
  const read = error.safeParse(readJson(body));
  return read.success ? read.data.__type.split('#').at(-1) : `HTTP ${status}`;
}
