import {
  indexStrategySchema,
  type RestorePlan,
  type Strategies,
  tableStrategySchema,
  type Wishes,
} from '../contracts/restore-plan.ts';
import { TandemError } from '../errors/tandem-error.ts';

/**
 * The strategy of each side: what is asked for that side, what is asked for both where the side knows it, or what the plan
 * file says.
 *
 * @param usual of the plan file, or, where a restore is undone, what fits that
 * @throws TandemError USAGE where an option goes with none of them
 */
export function chooseStrategies(wishes: Wishes, usual: Strategies): Strategies {
  const { strategy, tableStrategy, indexStrategy, suffix, settings, writeUnits } = wishes;
  const strategies = {
    tables: tableStrategy ?? tableStrategySchema.safeParse(strategy).data ?? usual.tables,
    indices: indexStrategy ?? indexStrategySchema.safeParse(strategy).data ?? usual.indices,
  };
  const { tables } = strategies;
  if (suffix !== undefined && tables !== 'beside') throw unfit('Tables get other names (--suffix)', 'beside', tables);
  if (settings === true && tables !== 'beside')
    throw unfit('Settings are put back on request (--settings)', 'beside', tables);
  if (writeUnits !== undefined && tables !== 'refill')
    throw unfit('Write units are limited (--write-units)', 'refill', tables);
  return strategies;
}

function unfit(what: string, by: string, not: string): TandemError {
  const message = `${what} by strategy ${by} alone, not by ${not}.`;
  return new TandemError('USAGE', message, { remedy: 'Give --table-strategy as well, or leave the option out.' });
}

/** One word where there is one for all that is restored. */
export function strategyOf({ strategies, tables, indices }: RestorePlan): string {
  const used = [...(tables.length > 0 ? [strategies.tables] : []), ...(indices.length > 0 ? [strategies.indices] : [])];
  return [...new Set(used)].join(', ');
}
