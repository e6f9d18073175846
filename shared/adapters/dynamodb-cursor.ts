import * as z from 'zod';
import type { Item } from '../ports/table-items.ts';

/** Where a scan goes on: the key of an item. A key is made of texts, numbers and binary values alone. */
const cursorSchema = z.record(
  z.string(),
  z.union([
    z.strictObject({ S: z.string() }),
    z.strictObject({ N: z.string() }),
    z.strictObject({ B: z.base64() }).transform(({ B }) => ({ B: new Uint8Array(Buffer.from(B, 'base64')) })),
  ]),
);

export function readCursor(cursor: string): Item {
  return cursorSchema.parse(JSON.parse(cursor));
}

export function writeCursor(key: Item): string {
  return JSON.stringify(key, (_name, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value,
  );
}
