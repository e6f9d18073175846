import type { AttributeValue as ValueOfSdk } from '@aws-sdk/client-dynamodb';
import { TandemError } from '../errors/tandem-error.ts';
import type { AttributeValue, Item } from '../ports/table-items.ts';

/** @throws TandemError PROVIDER_FAILURE for a value of a kind that is not known */
export function readItem(item: Record<string, ValueOfSdk>): Item {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, readValue(name, value)]));
}

function readValue(name: string, value: ValueOfSdk): AttributeValue {
  if (value.M !== undefined) return { M: readItem(value.M) };
  if (value.L !== undefined) return { L: value.L.map((one) => readValue(name, one)) };
  if (value.S !== undefined) return { S: value.S };
  if (value.N !== undefined) return { N: value.N };
  if (value.B !== undefined) return { B: value.B };
  if (value.SS !== undefined) return { SS: value.SS };
  if (value.NS !== undefined) return { NS: value.NS };
  if (value.BS !== undefined) return { BS: value.BS };
  if (value.NULL !== undefined) return { NULL: value.NULL };
  if (value.BOOL !== undefined) return { BOOL: value.BOOL };
  throw new TandemError('PROVIDER_FAILURE', `Attribute ${name} has a value of a kind that Tandem does not know.`);
}
