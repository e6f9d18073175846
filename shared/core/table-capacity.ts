import type { ScalingTarget, SecondaryIndex, TableShape, WarmThroughput } from '../contracts/table-settings.ts';
import type { CapacityChange } from '../ports/tables.ts';

type Throughput = NonNullable<TableShape['throughput']>;
type OnDemandMaximum = NonNullable<TableShape['onDemandMaximum']>;

/** Which units of a table or an index are scaled, and so change by themselves. */
interface Scaled {
  readUnits: boolean;
  writeUnits: boolean;
}

/** @param index of the table; the table itself where undefined */
export function scaledUnits(scaling: ScalingTarget[], index?: string): Scaled {
  const isOf = ({ resourceId }: ScalingTarget) =>
    index === undefined ? !resourceId.includes('/index/') : resourceId.endsWith(`/index/${index}`);
  const dimensions = scaling.filter(isOf).map(({ dimension }) => dimension);
  const isScaled = (units: string) => dimensions.some((dimension) => dimension.endsWith(units));
  return { readUnits: isScaled(':ReadCapacityUnits'), writeUnits: isScaled(':WriteCapacityUnits') };
}

/** Provisioned throughput without what is scaled, to compare. */
export function fixedThroughput(throughput: Throughput | undefined, scaled: Scaled): Partial<Throughput> | undefined {
  if (throughput === undefined) return undefined;
  return {
    ...(!scaled.readUnits && { readUnits: throughput.readUnits }),
    ...(!scaled.writeUnits && { writeUnits: throughput.writeUnits }),
  };
}

/** What gives a table and its indexes the billing mode and the provisioned throughput back; undefined where they have it. */
export function throughputChange(
  captured: TableShape,
  live: TableShape,
  scaling: ScalingTarget[],
): CapacityChange | undefined {
  const { billingMode } = captured;
  const switched = billingMode !== live.billingMode;
  if (billingMode === 'PAY_PER_REQUEST') return switched ? { billingMode, indexes: [] } : undefined;
  const throughput = missing(captured.throughput, live.throughput, scaledUnits(scaling));
  const indexes = pairs(captured.globalIndexes, live.globalIndexes).flatMap(([index, present]) => {
    const units = missing(index.throughput, present.throughput, scaledUnits(scaling, index.name));
    return units === undefined ? [] : [{ name: index.name, throughput: units }];
  });
  return changeOf({ ...(switched && { billingMode }), ...(throughput && { throughput }), indexes });
}

/** The captured units, but of those that are scaled the present ones; undefined where that is what there is. */
function missing(captured: Throughput | undefined, live: Throughput | undefined, scaled: Scaled) {
  if (captured === undefined) return undefined;
  const wanted = {
    readUnits: (scaled.readUnits ? live?.readUnits : undefined) ?? captured.readUnits,
    writeUnits: (scaled.writeUnits ? live?.writeUnits : undefined) ?? captured.writeUnits,
  };
  return wanted.readUnits === live?.readUnits && wanted.writeUnits === live.writeUnits ? undefined : wanted;
}

/** What gives a table and its indexes their on-demand maximums back; undefined where they have them. */
export function onDemandChange(captured: TableShape, live: TableShape): CapacityChange | undefined {
  const isSame = (one: OnDemandMaximum | undefined, other: OnDemandMaximum | undefined) =>
    one?.readUnits === other?.readUnits && one?.writeUnits === other?.writeUnits;
  const indexes = pairs(captured.globalIndexes, live.globalIndexes)
    .filter(([index, present]) => !isSame(index.onDemandMaximum, present.onDemandMaximum))
    .map(([index]) => ({ name: index.name, onDemandMaximum: index.onDemandMaximum ?? {} }));
  const own = isSame(captured.onDemandMaximum, live.onDemandMaximum) ? undefined : (captured.onDemandMaximum ?? {});
  return changeOf({ ...(own && { onDemandMaximum: own }), indexes });
}

/** What warms a table and its indexes up to what they were; undefined where they are as warm. Warmer is well. */
export function warmThroughputChange(captured: WarmThroughput[], live: WarmThroughput[]): CapacityChange | undefined {
  const colder = captured.flatMap(({ index, readUnits, writeUnits }) => {
    const present = live.find((one) => one.index === index);
    if (present === undefined) return [];
    const warmThroughput = {
      ...(readUnits > present.readUnits && { readUnits }),
      ...(writeUnits > present.writeUnits && { writeUnits }),
    };
    return Object.keys(warmThroughput).length === 0 ? [] : [{ index, warmThroughput }];
  });
  const own = colder.find(({ index }) => index === undefined);
  return changeOf({
    ...(own && { warmThroughput: own.warmThroughput }),
    indexes: colder.flatMap(({ index: name, warmThroughput }) =>
      name === undefined ? [] : [{ name, warmThroughput }],
    ),
  });
}

function pairs(captured: SecondaryIndex[], live: SecondaryIndex[]): [SecondaryIndex, SecondaryIndex][] {
  return captured.flatMap((index) => {
    const present = live.find(({ name }) => name === index.name);
    return present === undefined ? [] : [[index, present]];
  });
}

function changeOf(change: CapacityChange): CapacityChange | undefined {
  const { indexes, ...table } = change;
  return indexes.length + Object.keys(table).length === 0 ? undefined : change;
}
