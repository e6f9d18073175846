import type { RestoreReport } from './restore-report.ts';

/** Something that a restore did, from when to when; undefined where it has not ended, or nobody noted it. */
export interface TimelineEntry {
  side: 'run' | 'tables' | 'indices';
  what: string;
  from: string;
  to: string | undefined;
}

/** What a restore did on both sides, in the order in which it began. */
export function timelineOf(report: RestoreReport): TimelineEntry[] {
  const { run, verification } = report;
  const entries: TimelineEntry[] = [
    { side: 'run', what: 'restore', from: run.startedAt, to: verification?.verifiedAt },
    ...safetyEntries(report),
    ...tableEntries(report),
    ...indexEntries(report),
  ];
  return entries.toSorted((a, b) => Date.parse(a.from) - Date.parse(b.from));
}

function safetyEntries({ safetyPoint }: RestoreReport): TimelineEntry[] {
  if (safetyPoint === undefined) return [];
  const { windows, startedAt, completedAt } = safetyPoint;
  return [
    { side: 'run', what: 'safety point', from: startedAt, to: completedAt },
    ...(windows.tables === null
      ? []
      : [{ side: 'tables' as const, what: 'backups of the safety point', ...windows.tables }]),
    ...(windows.search === null
      ? []
      : [{ side: 'indices' as const, what: 'snapshot of the safety point', ...windows.search }]),
  ];
}

const phases = [
  { status: 'DELETING', what: 'deleted' },
  { status: 'RESTORING', what: 'restored' },
  { status: 'SETTLING', what: 'settings put back' },
] as const;

function tableEntries({ tables }: RestoreReport): TimelineEntry[] {
  return [...tables].flatMap(([name, { since = {} }]) => {
    const begun = phases.flatMap(({ status, what }) => {
      const from = since[status];
      return from === undefined ? [] : [{ what, from }];
    });
    return begun.map(({ what, from }, position) => ({
      side: 'tables' as const,
      what: `${name}: ${what}`,
      from,
      to: begun[position + 1]?.from ?? since.DONE,
    }));
  });
}

function indexEntries({ indices }: RestoreReport): TimelineEntry[] {
  if (indices?.askedAt === undefined) return [];
  return [{ side: 'indices', what: 'indices restored', from: indices.askedAt, to: indices.recoveredAt }];
}
