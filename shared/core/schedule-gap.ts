import awsCron from 'aws-cron-parser';
import type { Plan } from '../contracts/plan-file.ts';

type Schedule = NonNullable<Plan['schedule']>;

const unitSeconds = { minute: 60, hour: 3_600, day: 86_400 } as const;

/** Weekdays, month lengths and leap years come again in the same order after so many years. */
const calendarCycleYears = 28;

/**
 * The longest time between one firing of a schedule and the next, in seconds; Infinity for one that never fires twice.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
export function longestGapSeconds({ cron, timezone }: Schedule): number {
  const [, number, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(cron) ?? [];
  if (unit === 'minute' || unit === 'hour' || unit === 'day') return Number(number) * unitSeconds[unit];
  // Where the clocks are changed, one night of the year is an hour longer.
  return longestGapOfCron(cron.slice('cron('.length, -1)) + (timezone === 'UTC' ? 0 : 3_600);
}

/**
 * A cron schedule fires at the same times on each of its days: the longest gap is between two of those times, or from the
 * last time of a day to the first one of the next.
 */
function longestGapOfCron(fields: string): number {
  const { minutes, hours } = awsCron.parse(fields);
  const times = hours.flatMap((hour) => minutes.map((minute) => Number(hour) * 3_600 + Number(minute) * 60));
  const withinDay = longestStep(times);
  const overNight = Math.min(...times) - Math.max(...times) + longestStep(daysOf(fields));
  return Math.max(withinDay, overNight);
}

/**
 * The days on which a schedule fires, in seconds, in one whole cycle of the calendar. The parser takes 30 February for
 * 2 March, and passes over 1 March, which may be one of them: each month is searched from its beginning.
 */
function daysOf(fields: string): number[] {
  const [, , ...dayFields] = fields.split(' ');
  const midnights = awsCron.parse(['0', '0', ...dayFields].join(' '));
  const first = awsCron.next(midnights, new Date(0));
  const end = new Date(first ?? 0);
  end.setUTCFullYear(end.getUTCFullYear() + calendarCycleYears);
  const days: number[] = [];
  let before = 0;
  for (let day = first; day !== null && day <= end; day = awsCron.next(midnights, new Date(before))) {
    const beforeMonth = Date.UTC(day.getUTCFullYear(), day.getUTCMonth()) - 1;
    const isInMonth = before >= beforeMonth;
    if (isInMonth) days.push(day.getTime() / 1_000);
    before = isInMonth ? day.getTime() : beforeMonth;
  }
  // On a single day, and never again.
  return days.length > 1 ? days : [0, Number.POSITIVE_INFINITY];
}

function longestStep(ascending: number[]): number {
  return ascending.reduce((longest, value, position) => {
    return Math.max(longest, value - (ascending[position - 1] ?? value));
  }, 0);
}
