import { indexStrategySchema, type Strategies, tableStrategySchema, type Wishes } from '../contracts/restore-plan.ts';
import { TandemError } from '../errors/tandem-error.ts';
import { templateProblem } from './index-names.ts';

/**
 * The strategy of each side: what is asked for that side, what is asked for both where the side knows it, or what the plan
 * file says.
 *
 * @param usual of the plan file; a safety point is brought back by `replace`, whatever that says
 * @throws TandemError USAGE where an option goes with none of them
 */
export function chooseStrategies(wishes: Wishes, usual: Strategies): Strategies {
  const { strategy, tableStrategy, indexStrategy, rename, keepOld } = wishes;
  const strategies = {
    tables: tableStrategy ?? tableStrategySchema.safeParse(strategy).data ?? usual.tables,
    indices: indexStrategy ?? indexStrategySchema.safeParse(strategy).data ?? usual.indices,
  };
  if (rename !== undefined && strategies.indices !== 'beside') {
    throw unfit(`Indices are given other names (--rename) by strategy beside alone, not by ${strategies.indices}.`);
  }
  if (keepOld === true && strategies.indices !== 'swap') {
    throw unfit(`Old indices are kept (--keep-old) by strategy swap alone, not by ${strategies.indices}.`);
  }
  const problem = rename === undefined ? undefined : templateProblem(rename);
  if (problem !== undefined) throw unfit(`--rename=${rename}: ${problem}.`);
  return strategies;
}

function unfit(message: string): TandemError {
  return new TandemError('USAGE', message, { remedy: 'Give --index-strategy as well, or leave the option out.' });
}
