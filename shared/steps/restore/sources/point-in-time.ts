import type { Manifest, TableRecord } from '../../../contracts/manifest.ts';
import type { Plan } from '../../../contracts/plan-file.ts';
import type { RestoreSource, SourceTable } from '../../../contracts/restore-source.ts';
import { momentOf, sealSource, secondsBetween, skewRemark } from '../../../core/restore-source.ts';
import { TandemError } from '../../../errors/tandem-error.ts';
import type { ObjectStore } from '../../../ports/object-store.ts';
import { type CapturePorts, captureTable } from '../../capture-table.ts';
import { findRecoveryPoint, newestBefore } from '../../recovery-points.ts';
import { tablesOfPlan } from '../../tables-of-plan.ts';
import type { Asked } from '../asked.ts';

export type PointInTimePorts = CapturePorts;

/**
 * Finds out what the tables of a plan were at a moment: those that the newest recovery point from before it holds, and
 * those of the plan that were made since. Their settings are those of that recovery point, which holds the indices too; a
 * table that it does not know keeps the settings that it has. Whether each can be restored to that moment the guards find
 * out.
 *
 * @param at ISO 8601 with a zone
 * @throws TandemError RECOVERY_POINT_NOT_FOUND where a plan with indices has none from before that moment, and only tables
 * are not asked for; RECOVERY_POINT_CHANGED
 */
export async function findPointInTime(
  at: string,
  { plan: name, point, wishes }: Asked,
  plan: Plan,
  store: ObjectStore,
  ports: PointInTimePorts,
): Promise<RestoreSource> {
  const moment = momentOf(at);
  const before =
    point === 'latest' ? await newestBefore(store, name, moment) : await findRecoveryPoint(store, name, point);
  const tablesAlone = plan.search === undefined || (wishes.tables !== undefined && wishes.indices === undefined);
  if (before === undefined && !tablesAlone) throw noneBefore(name, moment);
  const pointInTime = moment.toISOString();
  const search = before?.search ?? null;
  const window = { from: pointInTime, to: pointInTime };
  const skewSeconds = search === null ? null : secondsBetween(search.snapshot.completedAt, pointInTime);
  return sealSource({
    schemaVersion: 1,
    recoveryPoint: before?.recoveryPoint ?? pointInTime,
    origin: { kind: 'pointInTime', at: pointInTime, recoveryPoint: before?.recoveryPoint ?? null, skewSeconds },
    plan: name,
    startedAt: before?.startedAt ?? pointInTime,
    completedAt: pointInTime,
    windows: { tables: window, search: before?.windows.search ?? null },
    skewSeconds: Math.abs(skewSeconds ?? 0),
    tables: await tablesThen(moment, before, plan, ports),
    search,
    warnings: [
      'how many items a table had then shows only once it is restored: what is told of its size is as of now',
      ...(search === null || skewSeconds === null || tablesAlone
        ? []
        : [skewRemark(pointInTime, search.snapshot.completedAt)]),
    ],
  });
}

function noneBefore(plan: string, moment: Date): TandemError {
  const message = `The catalog holds no recovery point of plan ${plan} from before ${moment.toISOString()}, which the indices would come from.`;
  return new TandemError('RECOVERY_POINT_NOT_FOUND', message, {
    remedy:
      'Restore tables alone with --tables "*", or name the recovery point that the indices are to come from with --point.',
  });
}

async function tablesThen(
  moment: Date,
  before: Manifest | undefined,
  plan: Plan,
  ports: PointInTimePorts,
): Promise<SourceTable[]> {
  const pointInTime = moment.toISOString();
  const recorded = new Map((before?.tables ?? []).map((record) => [record.name, record]));
  const names = await tablesOfPlan(plan, [], await ports.tables.list(), ports);
  const unknown = names.filter((name) => !recorded.has(name));
  const others = await Promise.all(unknown.map((name) => madeSince(name, moment, ports)));
  const known = await Promise.all([...recorded.values()].map((record) => asItIs(record, ports)));
  return [...known, ...others.flat()]
    .map((facts) => ({ ...facts, pointInTime }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The settings of then, on the table of now. */
async function asItIs(
  { backupArn: _, backupName: __, backupCreatedAt: ___, ...record }: TableRecord,
  { tables }: PointInTimePorts,
) {
  const live = await tables.describe(record.name);
  if (live === undefined) return record;
  const { arn, tableId, items, bytes } = live;
  return { ...record, arn, tableId, items, bytes };
}

/** A table that no recovery point knows is as it is now, or was not there at all. */
async function madeSince(name: string, moment: Date, ports: PointInTimePorts) {
  const live = await ports.tables.describe(name);
  if (live === undefined || live.createdAt > moment) return [];
  return [{ name, ...(await captureTable(name, ports)) }];
}
