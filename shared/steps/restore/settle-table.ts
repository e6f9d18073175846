import type { TableRestore } from '../../contracts/ledger/restores.ts';
import type { TableFacts } from '../../contracts/manifest.ts';
import { onDemandChange, throughputChange, warmThroughputChange } from '../../core/table-capacity.ts';
import {
  destinationsToEnable,
  insightsToEnable,
  type RestoredSetting,
  scalingToPutBack,
  settingsToPutBack,
  streamPolicyFor,
  type TableState,
  updatesTable,
} from '../../core/table-settings.ts';
import { triggersToHave } from '../../core/triggers.ts';
import type { StreamConsumers } from '../../ports/stream-consumers.ts';
import type { CapacityChange, TableDescription } from '../../ports/tables.ts';
import { type ReadSettingsPorts, readSettings } from '../read-settings.ts';
import { Attempts } from './attempts.ts';
import { type Relinking, relinkTriggers } from './relink-triggers.ts';

export interface SettleTablePorts extends ReadSettingsPorts {
  streamConsumers: StreamConsumers;
}

/** What is left to put back of a table. */
export interface Settling extends Pick<TableRestore, 'puttingBack' | 'waitingFor'> {
  /** True once everything is as captured, but for what a service refused for good. */
  isDone: boolean;
}

/**
 * Puts the captured settings of a restored table back as far as it goes now, in order, and its triggers once it has its
 * stream; these are switched on when all settings are back. Deletion protection comes last of all. To be called again
 * until all is done: each time it looks at what there is.
 */
export async function settleTable(
  record: TableFacts,
  table: TableDescription,
  before: TableRestore,
  ports: SettleTablePorts,
): Promise<Settling> {
  const attempts = new Attempts(before.puttingBack);
  const live = await liveState(table, record, ports);
  const missing = settingsToPutBack(record, live).filter((setting) => !attempts.isGivenUp(setting));
  const first = missing.filter((setting) => setting !== 'deletionProtection');
  for (const setting of oneUpdateOfTheTable(first)) {
    await attempts.make(setting, () => putBack(setting, record, live, table, ports));
  }
  const relinking = relinkingOf(record, live, before, attempts, ports);
  const areLinked = !missing.includes('stream') && (relinking === undefined || (await relinkTriggers(relinking)));
  if (areLinked && first.length === 0 && missing.includes('deletionProtection')) {
    await attempts.make('deletionProtection', () => ports.tables.setDeletionProtection(table.name, true));
  }
  const { made, waitingFor } = attempts;
  return {
    isDone: areLinked && missing.length === 0,
    ...(made.size > 0 && { puttingBack: made }),
    ...(waitingFor !== undefined && { waitingFor }),
  };
}

/** The state of a live table, of which only that is read with calls of its own which the record has anything of. */
export async function liveState(
  table: TableDescription,
  { settings: captured }: TableFacts,
  ports: ReadSettingsPorts,
): Promise<TableState> {
  const settings = await readSettings(table, ports, (reading) => (captured[reading] ?? []).length > 0);
  return { shape: table.shape, streamArn: table.stream?.arn, settings };
}

/** DynamoDB takes one change of a table at a time: after it, the table has to be ACTIVE again. */
function oneUpdateOfTheTable(settings: RestoredSetting[]): RestoredSetting[] {
  const update = settings.find(updatesTable);
  return settings.filter((setting) => !updatesTable(setting) || setting === update);
}

/** Undefined where the table has no stream to put triggers on. */
function relinkingOf(
  { settings: { eventSourceMappings } }: TableFacts,
  { streamArn }: TableState,
  { oldTriggers: old = [] }: TableRestore,
  attempts: Attempts,
  { streamConsumers: consumers }: SettleTablePorts,
): Relinking | undefined {
  if (streamArn === undefined) return undefined;
  return { triggers: triggersToHave(eventSourceMappings, old), old, streamArn, attempts, consumers };
}

async function putBack(
  setting: RestoredSetting,
  record: TableFacts,
  live: TableState,
  { name, arn }: TableDescription,
  { tables, contributorInsights, kinesisDestinations, scaling }: SettleTablePorts,
): Promise<void> {
  const captured = record.settings;
  const setCapacity = async (change: CapacityChange | undefined) => change && tables.setCapacity(name, change);
  switch (setting) {
    case 'tags':
      return tables.setTags(arn, captured.tags);
    case 'throughput':
      return setCapacity(throughputChange(record.shape, live.shape, captured.scaling));
    case 'onDemandMaximum':
      return setCapacity(onDemandChange(record.shape, live.shape));
    case 'encryption':
      return captured.encryption && tables.setEncryption(name, captured.encryption);
    case 'tableClass':
      return tables.setTableClass(name, captured.tableClass);
    case 'stream':
      return captured.stream && tables.setStream(name, captured.stream.viewType);
    case 'timeToLive':
      return captured.timeToLive && tables.setTimeToLive(name, captured.timeToLive.attribute);
    case 'pointInTimeRecovery':
      return tables.setPointInTimeRecovery(name, captured.pointInTimeRecovery?.days);
    case 'contributorInsights':
      for (const insights of insightsToEnable(captured, live.settings))
        await contributorInsights.enable(name, insights);
      return;
    case 'kinesisDestinations':
      for (const one of destinationsToEnable(captured, live.settings)) await kinesisDestinations.enable(name, one);
      return;
    case 'scaling':
      for (const target of scalingToPutBack(captured.scaling, live.settings.scaling)) await scaling.put(target);
      return;
    case 'warmThroughput':
      return setCapacity(warmThroughputChange(captured.warmThroughput ?? [], live.settings.warmThroughput ?? []));
    case 'streamPolicy': {
      const policy = streamPolicyFor(captured, live.streamArn);
      if (live.streamArn !== undefined && policy !== undefined) await tables.setResourcePolicy(live.streamArn, policy);
      return;
    }
    case 'resourcePolicy':
      if (captured.resourcePolicy !== undefined) await tables.setResourcePolicy(arn, captured.resourcePolicy);
      return;
    case 'deletionProtection':
      return tables.setDeletionProtection(name, captured.deletionProtection);
  }
}
