import type { TableRestore } from '../contracts/ledger/restores.ts';
import type { Difference } from '../contracts/ledger/verification.ts';
import type { EventSourceMapping } from '../contracts/table-settings.ts';
import { withReason } from './differences.ts';
import { canonicalJson } from './hash.ts';
import { triggerRemedy } from './setting-remedies.ts';
import { oldTriggerName, type Trigger, triggerName } from './triggers.ts';

/** A restored table, and what the ledger keeps of its triggers. */
interface Restored extends Pick<TableRestore, 'puttingBack' | 'oldTriggers'> {
  name: string;
  streamArn: string | undefined;
}

/**
 * How the triggers on the stream of a restored table differ from those that it is to have, and which of those on the old
 * stream could not be deleted.
 */
export function triggerDifferences(table: Restored, expected: Trigger[], found: EventSourceMapping[]): Difference[] {
  const functions = [...new Set([...expected, ...found].map(({ functionArn }) => functionArn))].sort();
  const differing = functions.flatMap((functionArn) => {
    const isOf = (one: { functionArn: string }) => one.functionArn === functionArn;
    const [wanted, is] = [textOf(expected.find(isOf)), textOf(found.find(isOf))];
    return wanted === is ? [] : [differenceOf(table, functionArn, wanted, is)];
  });
  return [...differing, ...leftOnOldStream(table)];
}

function differenceOf(
  { name, streamArn, puttingBack }: Restored,
  functionArn: string,
  expected: string,
  found: string,
): Difference {
  const what = triggerName(functionArn);
  const remedy = withReason(triggerRemedy(functionArn, streamArn), puttingBack?.get(what)?.refused);
  return { kind: 'table', name, what, expected, found, remedy };
}

function leftOnOldStream({ name, puttingBack, oldTriggers = [] }: Restored): Difference[] {
  return oldTriggers.flatMap((trigger) => {
    const what = oldTriggerName(trigger);
    const refused = puttingBack?.get(what)?.refused;
    if (refused === undefined) return [];
    const remedy = withReason(`aws lambda delete-event-source-mapping --uuid ${trigger.uuid}`, refused);
    return [{ kind: 'table', name, what, expected: 'is deleted', found: 'may be there still', remedy }];
  });
}

function textOf(trigger: Trigger | EventSourceMapping | undefined): string {
  if (trigger === undefined) return 'none';
  const { configuration, tags = {} } = trigger;
  // Tags that begin with `aws:` are for AWS alone to set.
  const own = Object.fromEntries(Object.entries(tags).filter(([key]) => !key.startsWith('aws:')));
  // Whether it is switched on is looked at where that is put back, after all this.
  return canonicalJson({ configuration, tags: own });
}
