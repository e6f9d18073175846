import type { RestoreRun } from '../../contracts/ledger/restore-run.ts';
import { isDisturbed, refillUnits, tablesToRefill, untouched } from '../../core/refill.ts';
import { type Ledger, refillSegmentPart, refillsPart } from '../ledger.ts';

/**
 * Has a run that is carried on do those tables again that somebody wrote to while they were refilled: what is in order
 * already costs no write.
 */
export async function refillAgain({ run, restorePlan }: RestoreRun, ledger: Ledger): Promise<void> {
  const entry = await ledger.read(refillsPart);
  if (entry === undefined) return;
  const disturbed = [...entry.value].flatMap(([name, progress]) => (isDisturbed(progress) ? [name] : []));
  if (disturbed.length === 0) return;
  const tables = tablesToRefill(restorePlan, [], run).filter(({ name }) => disturbed.includes(name));
  for (const { table, segment } of refillUnits(tables)) {
    const part = refillSegmentPart(table.name, segment.number);
    await ledger.write(part, untouched, await ledger.read(part));
  }
  // Last: cut off before, it begins here again.
  const others = new Map([...entry.value].filter(([name]) => !disturbed.includes(name)));
  await ledger.write(refillsPart, others, entry);
}
