import * as z from 'zod';

/**
 * Values by the name of a table or an index: a Map here, an object in JSON. A name may be any word, and an object knows
 * `constructor` already; a record of zod's drops `__proto__`.
 */
export function byName<Value extends z.ZodType>(value: Value) {
  return z.codec(jsonObject<z.input<Value>>(), z.map(z.string(), value), {
    decode: (object) => new Map(Object.entries(object)),
    encode: (map) => Object.fromEntries(map),
  });
}

function jsonObject<Value>() {
  return z.custom<Record<string, Value>>(
    (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
    'is not an object',
  );
}
