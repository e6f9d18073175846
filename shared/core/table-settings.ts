import type { ScalingTarget, TableSettings, TableShape } from '../contracts/table-settings.ts';
import { canonicalJson } from './hash.ts';
import { onDemandChange, throughputChange, warmThroughputChange } from './table-capacity.ts';

/** What the settings of a table are compared as: the same whether they come from a manifest or from the live table. */
export type ComparableSettings = Omit<TableSettings, 'notCaptured' | 'eventSourceMappings'>;

/** A table as it was captured, or as it is. */
export interface TableState {
  /** Of a live table that has a stream. */
  streamArn?: string | undefined;
  shape: TableShape;
  settings: ComparableSettings;
}

/**
 * The settings that a restore puts back with a call, in the order that DynamoDB allows. The resource policies may take
 * rights from Tandem too, so that they come late; deletion protection comes last, and is the sign that everything before
 * it is done.
 */
export const restoredSettings = [
  'tags',
  'throughput',
  'onDemandMaximum',
  'encryption',
  'tableClass',
  'stream',
  'timeToLive',
  'pointInTimeRecovery',
  'contributorInsights',
  'kinesisDestinations',
  'scaling',
  'warmThroughput',
  'streamPolicy',
  'resourcePolicy',
  'deletionProtection',
] as const;

export type RestoredSetting = (typeof restoredSettings)[number];

/** Those that are put back with an UpdateTable: after each one the table has to be ACTIVE again before the next. */
const tableUpdates: readonly RestoredSetting[] = [
  'throughput',
  'onDemandMaximum',
  'encryption',
  'tableClass',
  'stream',
  'warmThroughput',
  'deletionProtection',
];

export function updatesTable(setting: RestoredSetting): boolean {
  return tableUpdates.includes(setting);
}

/** False where a setting could not be read at backup time, so that there is nothing to compare with. */
export function isCaptured({ notCaptured }: Pick<TableSettings, 'notCaptured'>, name: string): boolean {
  return !notCaptured.some(({ setting }) => setting === name);
}

/** Those of the settings that are not yet as captured. */
export function settingsToPutBack(captured: TableState, present: TableState): RestoredSetting[] {
  return restoredSettings.filter((setting) => !isSetting(captured, present, setting));
}

function isSetting(recorded: TableState, live: TableState, setting: RestoredSetting): boolean {
  const [captured, present] = [recorded.settings, live.settings];
  switch (setting) {
    case 'tags':
      return Object.entries(captured.tags).every(([key, value]) => present.tags[key] === value);
    case 'throughput':
      return throughputChange(recorded.shape, live.shape, captured.scaling) === undefined;
    case 'onDemandMaximum':
      return onDemandChange(recorded.shape, live.shape) === undefined;
    case 'encryption':
      return (
        captured.encryption?.type !== 'KMS' ||
        canonicalJson(captured.encryption) === canonicalJson(present.encryption ?? {})
      );
    case 'tableClass':
      return captured.tableClass === 'STANDARD' || captured.tableClass === present.tableClass;
    case 'stream':
      return captured.stream === undefined || present.stream?.viewType === captured.stream.viewType;
    case 'timeToLive':
      return captured.timeToLive === undefined || present.timeToLive?.attribute === captured.timeToLive.attribute;
    case 'pointInTimeRecovery':
      return captured.pointInTimeRecovery === undefined || isSameRecovery(captured, present);
    case 'contributorInsights':
      return insightsToEnable(captured, present).length === 0;
    case 'kinesisDestinations':
      return destinationsToEnable(captured, present).length === 0;
    case 'scaling':
      return scalingToPutBack(captured.scaling, present.scaling).length === 0;
    case 'warmThroughput':
      return warmThroughputChange(captured.warmThroughput ?? [], present.warmThroughput ?? []) === undefined;
    case 'streamPolicy':
      return isPolicy(streamPolicyFor(captured, live.streamArn), present.streamPolicy);
    case 'resourcePolicy':
      return isPolicy(captured.resourcePolicy, present.resourcePolicy);
    case 'deletionProtection':
      return !captured.deletionProtection || present.deletionProtection;
  }
}

type Recoverable = Pick<ComparableSettings, 'pointInTimeRecovery'>;

/** Whether a table can be recovered as far back as another one; not every endpoint tells how many days that is. */
export function isSameRecovery({ pointInTimeRecovery: one }: Recoverable, { pointInTimeRecovery: other }: Recoverable) {
  if (one === undefined || other === undefined) return one === other;
  return one.days === undefined || other.days === undefined || one.days === other.days;
}

/** The Contributor Insights of a captured table that are not on now. */
export function insightsToEnable(captured: ComparableSettings, present: ComparableSettings) {
  return (captured.contributorInsights ?? []).filter(
    (wanted) => !(present.contributorInsights ?? []).some((one) => canonicalJson(one) === canonicalJson(wanted)),
  );
}

/** The Kinesis data streams that the changes of a captured table went to, and now do not. */
export function destinationsToEnable(captured: ComparableSettings, present: ComparableSettings) {
  return (captured.kinesisDestinations ?? []).filter(
    (wanted) => !(present.kinesisDestinations ?? []).some(({ streamArn }) => streamArn === wanted.streamArn),
  );
}

/** Those scaling targets that are missing or differ, each as captured; they outlive their table, so there may be none. */
export function scalingToPutBack(captured: ScalingTarget[], present: ScalingTarget[]): ScalingTarget[] {
  return captured.filter((target) => {
    const found = present.find((one) => one.resourceId === target.resourceId && one.dimension === target.dimension);
    return found === undefined || !holds(found, target);
  });
}

/** Whether a target is as another one, which may have less: policies and scheduled actions that came later stay. */
function holds(found: ScalingTarget, { policies, scheduledActions = [], ...target }: ScalingTarget): boolean {
  const hasAll = (present: object[], wanted: object[]) =>
    wanted.every((one) => present.some((other) => canonicalJson(other) === canonicalJson(one)));
  return (
    found.minimum === target.minimum &&
    found.maximum === target.maximum &&
    (target.suspended === undefined || canonicalJson(found.suspended ?? {}) === canonicalJson(target.suspended)) &&
    hasAll(found.policies, policies) &&
    hasAll(found.scheduledActions ?? [], scheduledActions)
  );
}

/** The policy of a captured stream, for the stream that the table has now; undefined where there is none of either. */
export function streamPolicyFor(captured: ComparableSettings, streamArn: string | undefined): string | undefined {
  if (streamArn === undefined) return undefined;
  return captured.streamPolicy?.replaceAll(/arn:[^"]+\/stream\/[^"*]+/g, streamArn);
}

function isPolicy(captured: string | undefined, present: string | undefined): boolean {
  return captured === undefined || normalPolicy(captured) === normalPolicy(present);
}

/** A policy as text that is the same whatever the order of its keys and its spaces. */
export function normalPolicy(policy: string | undefined): string | undefined {
  try {
    return policy && canonicalJson(JSON.parse(policy));
  } catch {
    return policy;
  }
}
