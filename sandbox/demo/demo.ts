import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { systemClock } from '../../shared/adapters/system-clock.ts';
import { account } from '../account.ts';
import type { Sandbox } from '../sandbox.ts';
import { withSandbox } from '../with-sandbox.ts';
import { makeIndexer, writeThrough } from './application-indexer.ts';
import { makeIndices } from './application-indices.ts';
import { compareApplications, readApplication } from './application-state.ts';
import { makeTables } from './application-tables.ts';
import { damageApplication } from './damage.ts';
import { backupAnswerSchema, demoReport, restoreAnswerSchema } from './report.ts';
import { searchClient } from './search-client.ts';
import { tandem } from './tandem-command.ts';

/** Milliseconds that each part of the demo took. */
const durations: Record<string, number> = {};

async function timed<T>(part: string, work: Promise<T>): Promise<T> {
  const start = systemClock.now().getTime();
  const result = await work;
  durations[part] = systemClock.now().getTime() - start;
  return result;
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

function clientOptions(endpoint = '') {
  return { endpoint, region: account.region, credentials: account.root };
}

/** Backs an application up, damages it, brings it back and compares everything. @returns the exit code */
async function demonstrate(sandbox: Sandbox, signal: AbortSignal): Promise<number> {
  const client = new DynamoDBClient(clientOptions(sandbox.dynamodb.endpoint));
  const search = searchClient(sandbox.searchServer);

  say('Making the application');
  const [items, documents] = await timed('fill', Promise.all([makeTables(client), makeIndices(search)]));
  await makeIndexer(client, { aws: clientOptions(sandbox.environment.AWS_ENDPOINT_URL), search: sandbox.searchServer });
  say(`The application holds ${items} items and ${documents} documents`);
  const before = await readApplication(client, search);

  say('Backing it up');
  const backup = backupAnswerSchema.parse(await timed('backup', tandem(['backup', 'app'], sandbox, signal)));
  say('Damaging it');
  const damage = await damageApplication(client, search);
  const damagedPlaces = compareApplications(before, await readApplication(client, search)).length;
  say('Restoring it');
  const restoring = tandem(['restore', 'app', '--point', 'latest', '--yes'], sandbox, signal);
  const restore = restoreAnswerSchema.parse(await timed('restore', restoring));
  const after = await readApplication(client, search);
  await timed('indexer', writeThrough(client, search));

  const differences = [...compareApplications(before, after), ...restore.differences.map((one) => JSON.stringify(one))];
  const comparedPlaces = before.size;
  process.stdout.write(
    `${demoReport({ backup, restore, durations, damage, damagedPlaces, differences, comparedPlaces })}\n`,
  );
  return differences.length === 0 ? 0 : 1;
}

await withSandbox(say, demonstrate);
