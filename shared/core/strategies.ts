import { indexStrategySchema, type Strategies, tableStrategySchema, type Wishes } from '../contracts/restore-plan.ts';
import { TandemError } from '../errors/tandem-error.ts';
import { templateProblem } from './index-names.ts';

/**
 * The strategy of each side: what is asked for that side, what is asked for both where the side knows it, or what the plan
 * file says.
 *
 * @param usual of the plan file, or, where a restore is undone, what fits that
 * @throws TandemError USAGE where an option goes with none of them
 */
export function chooseStrategies(wishes: Wishes, usual: Strategies): Strategies {
  const { strategy, tableStrategy, indexStrategy } = wishes;
  const strategies = {
    tables: tableStrategy ?? tableStrategySchema.safeParse(strategy).data ?? usual.tables,
    indices: indexStrategy ?? indexStrategySchema.safeParse(strategy).data ?? usual.indices,
  };
  refuseUnfit(wishes, strategies);
  return strategies;
}

function refuseUnfit(
  { at, suffix, settings, writeUnits, rename, keepOld }: Wishes,
  { tables, indices }: Strategies,
): void {
  const [ofTables, ofIndices] = ['--table-strategy', '--index-strategy'] as const;
  if (at !== undefined && tables === 'replace') {
    throw unfit(
      'A table as it was at a moment (--at) is made from the live one, which cannot be replaced then.',
      ofTables,
      ['refill', 'beside'],
    );
  }
  if (suffix !== undefined && tables !== 'beside') {
    throw unfit(`Tables are given other names (--suffix) by strategy beside alone, not by ${tables}.`, ofTables);
  }
  if (settings === true && tables !== 'beside') {
    throw unfit(`Settings are put back on request (--settings) by strategy beside alone, not by ${tables}.`, ofTables);
  }
  if (writeUnits !== undefined && tables !== 'refill') {
    throw unfit(`Write units are limited (--write-units) by strategy refill alone, not by ${tables}.`, ofTables);
  }
  if (rename !== undefined && indices !== 'beside') {
    throw unfit(`Indices are given other names (--rename) by strategy beside alone, not by ${indices}.`, ofIndices);
  }
  if (keepOld === true && indices !== 'swap') {
    throw unfit(`Old indices are kept (--keep-old) by strategy swap alone, not by ${indices}.`, ofIndices);
  }
  const problem = rename === undefined ? undefined : templateProblem(rename);
  if (problem !== undefined) throw unfit(`--rename=${rename}: ${problem}.`, ofIndices);
}

function unfit(message: string, option: string, fit: string[] = []): TandemError {
  const remedy =
    fit.length > 0 ? `Give ${option} ${fit.join(' or ')}.` : `Give ${option} as well, or leave the option out.`;
  return new TandemError('USAGE', message, { remedy });
}
