import * as z from 'zod';
import type { Call } from './call.ts';
import { readJson } from './json-body.ts';
import { errorTypeOf, type Reply } from './reply.ts';

const refusal = z.object({ message: z.string() });

/**
 * True where the emulator means that there is no such table although it says "access denied": of tags alone, and in
 * other words than where a policy refuses. The service documents ResourceNotFoundException.
 */
export function isOfNoTable({ operation }: Call, reply: Reply): boolean {
  if (operation !== 'ListTagsOfResource' || errorTypeOf(reply) !== 'AccessDeniedException') return false;
  return refusal.safeParse(readJson(reply.body)).data?.message.startsWith('Access denied.') ?? false;
}
