import Table from 'cli-table3';
import { dollars } from '../../cli/output/words.ts';
import type { CostLine } from '../../shared/core/cost.ts';
import { type Price, prices } from '../../shared/core/prices.ts';
import type { Estimate } from './estimate.ts';

/** An estimate for people. */
export function estimateText({
  region,
  holdings,
  retention,
  backup,
  month,
  unprunedAfterAYear,
  restore,
}: Estimate): string {
  const { tables, tableGb, indices, indexGb } = holdings;
  const what = `${number(tables)} tables (${number(tableGb)} GB), ${number(indices)} indices (${number(indexGb)} GB)`;
  return [
    `${what}, ${retention.kept} recovery points kept, prices of ${region}`,
    '',
    `A month of nightly backups: ${backup.transitions} state transitions and ${backup.tasks} Lambda requests a night`,
    table(month.lines, month.total),
    `Without pruning, after a year (${unprunedAfterAYear.kept} recovery points): ${dollars(unprunedAfterAYear.total)} a month`,
    '',
    `One restore of everything: ${restore.transitions} state transitions`,
    table(restore.lines, restore.total),
  ].join('\n');
}

function table(lines: CostLine[], total: number): string {
  const drawn = new Table({
    head: ['', 'quantity', 'price', 'cost'],
    colAligns: ['left', 'right', 'left', 'right'],
    style: { head: [], border: [], compact: true },
  });
  drawn.push(
    ...lines.map((line) => [line.what, number(line.quantity), priceText(prices[line.price]), dollars(line.dollars)]),
  );
  drawn.push(['total', '', '', dollars(total)]);
  return drawn.toString();
}

/** `$0.025 per 1,000 state transitions`. */
export function priceText({ dollars: amount, per, unit }: Price): string {
  const exact = amount.toLocaleString('en-US', { style: 'currency', currency: 'USD', maximumFractionDigits: 4 });
  return `${exact} per ${per === 1 ? '' : `${number(per)} `}${unit}`;
}

function number(value: number): string {
  return value.toLocaleString('en-US', value < 10 ? { maximumSignificantDigits: 2 } : { maximumFractionDigits: 0 });
}
