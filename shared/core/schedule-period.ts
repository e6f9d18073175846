import awsCron from 'aws-cron-parser';
import parseDuration from 'parse-duration';

/** So many occurrences show every gap of a schedule by the week. */
const occurrences = 15;

/**
 * The longest time between two starts of a schedule, in milliseconds; undefined where it starts once more at the most.
 * The time zone does not matter, but for the hour of daylight saving.
 *
 * @param expression `cron(...)` or `rate(...)`, as the plan file was found to hold
 */
export function schedulePeriod(expression: string, from: Date): number | undefined {
  const rate = /^rate\((?<length>.+)\)$/.exec(expression)?.groups?.length;
  if (rate !== undefined) return parseDuration(rate) ?? undefined;
  const cron = awsCron.parse(expression.replace(/^cron\((.+)\)$/, '$1'));
  const gaps: number[] = [];
  for (let last = awsCron.next(cron, from); last !== null && gaps.length < occurrences; ) {
    const next = awsCron.next(cron, last);
    if (next === null) break;
    gaps.push(next.getTime() - last.getTime());
    last = next;
  }
  return gaps.length === 0 ? undefined : Math.max(...gaps);
}
