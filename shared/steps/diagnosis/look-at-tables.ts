import { type Finding, notChecked } from '../../core/diagnosis/finding.ts';
import { type Observed, seenOf, unseen } from '../../core/diagnosis/observed.ts';
import { noTables, type Subject } from '../../core/diagnosis/subject.ts';
import { judgeTables, type TableFacts } from '../../core/diagnosis/tables.ts';
import type { ReadPlanFile } from '../../core/plan-file.ts';
import { selectTables } from '../../core/selection.ts';
import type { TableDescription } from '../../ports/tables.ts';
import { tablesWithTags } from '../tagged-tables.ts';
import { observe, observeOf } from './observe.ts';
import type { DiagnosisPorts } from './ports.ts';

type TablePorts = Pick<DiagnosisPorts, 'tables' | 'quotas'>;

/** Tables that are described at the same time. */
const describedAtOnce = 20;

/** DynamoDB tells the point-in-time recovery, and the tags, of ten tables a second: so many take five seconds. */
const fewSeconds = 40;

const codes = ['TABLES_SELECTED', 'TABLE_DELETION_PROTECTION', 'TABLE_POINT_IN_TIME_RECOVERY', 'TABLE_QUOTA'] as const;

/** The tables that the plan selects, and how many more there may be. */
export async function lookAtTables(subject: Subject, file: ReadPlanFile, ports: TablePorts): Promise<Finding[]> {
  if (subject.plan.tables === undefined) return codes.map((code) => notChecked(code, noTables));
  const [existing, quota] = await Promise.all([
    observe(() => ports.tables.list()),
    observe(() => ports.quotas.tables()),
  ]);
  const selected = await select(existing, subject, file, ports);
  const described = await observeOf(selected, (names) => describe(names, ports));
  return judgeTables({
    selected,
    existing: await observeOf(existing, async (names) => names.length),
    quota,
    unprotected: await observeOf(described, async (tables) =>
      tables.filter(({ deletionProtection }) => !deletionProtection).map(({ name }) => name),
    ),
    withoutRecovery: await lookAtRecovery(described, ports),
  });
}

async function select(
  existing: Observed<string[]>,
  { plan, name }: Subject,
  file: ReadPlanFile,
  { tables }: TablePorts,
): Promise<TableFacts['selected']> {
  const { tables: selection = { include: [], exclude: [] } } = plan;
  const { tags } = selection;
  if (tags !== undefined && (seenOf(existing) ?? []).length > fewSeconds) {
    return unseen(`the tags of more than ${fewSeconds} tables take too long to read`);
  }
  const where = (...path: (string | number)[]) => file.where('plans', name, 'tables', ...path);
  return observeOf(existing, async (all) => {
    const tagged = tags === undefined ? [] : await tablesWithTags(tables, all, tags);
    return selectTables(selection, all, tagged, where);
  });
}

async function describe(names: string[], { tables }: TablePorts): Promise<TableDescription[]> {
  const described: TableDescription[] = [];
  for (let first = 0; first < names.length; first += describedAtOnce) {
    const batch = names.slice(first, first + describedAtOnce);
    const found = await Promise.all(batch.map((name) => tables.describe(name)));
    described.push(...found.flatMap((table) => table ?? []));
  }
  return described;
}

function lookAtRecovery(described: Observed<TableDescription[]>, { tables }: TablePorts) {
  return observeOf(described, async (all) => {
    const some = all.slice(0, fewSeconds);
    const recoveries = await Promise.all(some.map(({ name }) => tables.pointInTimeRecovery(name)));
    const names = some.filter((_, position) => recoveries[position] === undefined).map(({ name }) => name);
    return { names, lookedAt: some.length, all: all.length };
  });
}
