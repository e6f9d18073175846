import { tablesChecks } from './checks/tables.ts';
import { type Finding, finderOf, judged, notChecked, ok } from './finding.ts';
import type { Observed } from './observed.ts';

const found = finderOf(tablesChecks);

/** What was seen of the tables of a plan. */
export interface TableFacts {
  /** The tables that the plan selects. */
  selected: Observed<string[]>;
  /** How many the account has in the region. */
  existing: Observed<number>;
  /** Those that are not protected from deletion. */
  unprotected: Observed<string[]>;
  /** Those of the tables looked at, which may not be all, that have no point-in-time recovery. */
  withoutRecovery: Observed<{ names: string[]; lookedAt: number; all: number }>;
  /** How many tables the account may have. */
  quota: Observed<number>;
}

/** The part of a quota from which on it is nearly used up. */
const nearly = 0.9;

/** Whether the tables are there; and, as advice, whether they are safe between two nights. */
export function judgeTables({ selected, existing, unprotected, withoutRecovery, quota }: TableFacts): Finding[] {
  return [
    judgeSelection(selected),
    judged('TABLE_DELETION_PROTECTION', unprotected, (tables) => {
      if (tables.length > 0) return found('TABLE_DELETION_PROTECTION', 'off', { tables });
      return ok('TABLE_DELETION_PROTECTION', 'all are');
    }),
    judged('TABLE_POINT_IN_TIME_RECOVERY', withoutRecovery, ({ names, lookedAt, all }) => {
      const code = 'TABLE_POINT_IN_TIME_RECOVERY';
      const unseen = `DynamoDB tells it of ten tables a second, and ${all - lookedAt} of ${all} were not looked at`;
      if (names.length > 0 && lookedAt < all) return found(code, 'offForSome', { tables: names, unseen });
      if (names.length > 0) return found(code, 'off', { tables: names });
      if (lookedAt < all) return notChecked(code, `${lookedAt} tables have it; ${unseen}`);
      return ok(code, `all ${all} have it`);
    }),
    judged('TABLE_QUOTA', existing, (count) => judged('TABLE_QUOTA', quota, (most) => judgeQuota(count, most))),
  ];
}

function judgeSelection(selected: TableFacts['selected']): Finding {
  if ('unseen' in selected && selected.unseen.code === 'TABLES_MATCH_NOTHING') {
    return found('TABLES_SELECTED', 'nothing', { why: selected.unseen.message });
  }
  return judged('TABLES_SELECTED', selected, (names) => ok('TABLES_SELECTED', `${names.length} tables`));
}

function judgeQuota(tables: number, quota: number): Finding {
  const values = { tables, quota, wanted: quota * 2 };
  if (tables >= quota) return found('TABLE_QUOTA', 'reached', values);
  if (tables >= quota * nearly) return found('TABLE_QUOTA', 'near', values);
  return ok('TABLE_QUOTA', `${tables} of ${quota}`);
}
