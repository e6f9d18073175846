import { TandemError } from '../../../shared/errors/tandem-error.ts';
import type { ContributorInsights } from '../../../shared/ports/contributor-insights.ts';
import type { KinesisDestinations } from '../../../shared/ports/kinesis-destinations.ts';
import type { FakeAccount, FakeTable } from './dynamodb-account.ts';
import type { Faults } from './faults.ts';

export type FeedsOperation =
  | `contributorInsights.${keyof ContributorInsights}`
  | `kinesisDestinations.${keyof KinesisDestinations}`;

/** What a fake account tells of the use and the changes of its tables, and to whom. */
export function fakeFeeds(account: FakeAccount, faults: Pick<Faults<FeedsOperation>, 'run'>) {
  function existing(name: string): FakeTable {
    const table = account.table(name);
    if (table === undefined) throw new TandemError('TABLE_NOT_FOUND', `There is no table ${name}.`);
    return table;
  }

  const contributorInsights: ContributorInsights = {
    list: async (table) =>
      faults.run('contributorInsights.list', table, () => [...existing(table).contributorInsights]),
    enable: async (table, insights) =>
      faults.run('contributorInsights.enable', table, () => {
        const found = existing(table);
        const others = found.contributorInsights.filter(({ index }) => index !== insights.index);
        found.contributorInsights = [...others, insights];
      }),
  };

  const kinesisDestinations: KinesisDestinations = {
    list: async (table) =>
      faults.run('kinesisDestinations.list', table, () => [...existing(table).kinesisDestinations]),
    enable: async (table, destination) =>
      faults.run('kinesisDestinations.enable', table, () => {
        const found = existing(table);
        if (found.kinesisDestinations.some(({ streamArn }) => streamArn === destination.streamArn)) {
          throw new TandemError('NOT_READY', `Table ${table} streams to ${destination.streamArn} already.`);
        }
        found.kinesisDestinations = [...found.kinesisDestinations, destination];
      }),
  };

  return { contributorInsights, kinesisDestinations };
}
