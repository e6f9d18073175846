import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import prettyMilliseconds from 'pretty-ms';
import * as z from 'zod';
import { systemClock } from '../../shared/adapters/system-clock.ts';
import { account } from '../account.ts';
import { makeIndices } from '../demo/application-indices.ts';
import { searchClient } from '../demo/search-client.ts';
import { tandem } from '../demo/tandem-command.ts';
import type { Sandbox } from '../sandbox.ts';
import { withSandbox } from '../with-sandbox.ts';
import { changeItems, changes, contentOf, items, makeLargeTable, table } from './large-table.ts';

const answerSchema = z.object({
  tables: z.tuple([z.object({ written: z.number(), deleted: z.number() })]),
  differences: z.array(z.unknown()),
});

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Refills a large table of which little has changed, deployed, and tells what that took. @returns the exit code */
async function bench(sandbox: Sandbox, signal: AbortSignal): Promise<number> {
  const { endpoint, log } = sandbox.dynamodb;
  const client = new DynamoDBClient({ endpoint, region: account.region, credentials: account.root });
  say(`Making a table of ${items.toLocaleString('en')} items`);
  await Promise.all([makeLargeTable(client), makeIndices(searchClient(sandbox.searchServer))]);
  say('Backing it up');
  await tandem(['backup', 'app'], sandbox, signal);
  const before = await contentOf(client);
  say('Changing 1 % of its items');
  await changeItems(client);

  say('Refilling it');
  log.reset();
  const began = systemClock.now().getTime();
  const refill = ['restore', 'app', '--tables', table, '--table-strategy', 'refill', '--yes'];
  const answer = answerSchema.parse(await tandem(refill, sandbox, signal));
  const took = systemClock.now().getTime() - began;

  const made = Map.groupBy(log.calls, ({ operation }) => operation);
  const count = (operation: string) => (made.get(operation)?.length ?? 0).toLocaleString('en');
  const isIdentical = before === (await contentOf(client)) && answer.differences.length === 0;
  const [{ written, deleted }] = answer.tables;
  const isFrugal = written === changes.altered + changes.missing && deleted === changes.added;
  process.stdout.write(
    [
      `${items.toLocaleString('en')} items, of which ${JSON.stringify(changes)} differed`,
      `refilled in ${prettyMilliseconds(took)}, safety point and verification included`,
      `${written.toLocaleString('en')} items written, ${deleted.toLocaleString('en')} deleted, by ${count('BatchWriteItem')} calls`,
      `${count('Scan')} scans, ${count('BatchGetItem')} calls to look items up`,
      isFrugal ? 'only what differed was written' : 'MORE OR LESS WAS WRITTEN THAN DIFFERED',
      isIdentical ? 'identical' : 'NOT IDENTICAL',
      '',
    ].join('\n'),
  );
  return isIdentical && isFrugal ? 0 : 1;
}

await withSandbox(say, bench);
