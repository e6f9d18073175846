import type { RestoreEstimate, Span } from '../../shared/contracts/restore-plan.ts';
import type { Colors } from './colors.ts';
import { dollars, seconds } from './words.ts';

/** What costs less is told together, but for the dearest. */
const cent = 0.01;
const alwaysTold = 3;

/** What a restore is expected to take and to cost, with what that rests on. */
export function estimateLines(estimate: RestoreEstimate, { bold, dim }: Colors): string[] {
  const { tables, indices, cost, assumptions } = estimate;
  const sides = [
    ...(tables.to > 0 ? [`tables ${spanText(tables)}`] : []),
    ...(indices.to > 0 ? [`indices ${spanText(indices)}`] : []),
  ];
  const dear = cost.filter((line) => line.dollars > 0).sort((one, other) => other.dollars - one.dollars);
  const told = dear.filter((line, place) => place < alwaysTold || line.dollars >= cent);
  const rest = dear.slice(told.length).reduce((sum, line) => sum + line.dollars, 0);
  const lines = [
    ...told.map((line) => `${line.what} ${dollars(line.dollars)}`),
    ...(rest > 0 ? [`the rest ${dollars(rest)}`] : []),
  ];
  return [
    `  takes about ${bold(spanText(estimate.seconds))}: ${sides.join(', ')}${sides.length > 1 ? ' at the same time' : ''}`,
    `  costs about ${bold(dollars(estimate.dollars))}: ${lines.join('; ')}`,
    ...assumptions.map((assumption) => dim(`    ${assumption}`)),
  ];
}

function spanText({ from, to }: Span): string {
  return `${seconds(roundly(from))} to ${seconds(roundly(to))}`;
}

/** Nobody knows it to the second. */
function roundly(length: number): number {
  return length < 120 ? length : Math.round(length / 60) * 60;
}
