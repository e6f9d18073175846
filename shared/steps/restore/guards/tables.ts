import { few } from '../../../core/deadline.ts';
import { tableBackupName } from '../../../core/names.ts';
import { operationProblems } from '../../../core/table-operations.ts';
import { TandemError } from '../../../errors/tandem-error.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { TableBackups } from '../../../ports/table-backups.ts';
import type { TableDescription, Tables } from '../../../ports/tables.ts';
import type { PresentState } from '../present.ts';
import type { OwnSafetyPoint } from '../safety-point.ts';
import { gather, ifReadable, type Verdict } from './verdict.ts';

interface TablePorts {
  tables: Tables;
  backups: TableBackups;
  clock: Clock;
}

/** No table backup takes longer than this: what was started before is not running any more. */
const longestBackupMilliseconds = 24 * 60 * 60_000;

/** Tables of the account that are described at the same time. */
const describedAtOnce = 20;

/**
 * Whether the tables can be replaced now. Finds TABLE_BUSY, GLOBAL_TABLE, BACKUP_RUNNING, TABLE_OPERATIONS_LIMIT; where
 * other tables of the account may not be described, only those of the plan count against the limit. What its own safety
 * point is at, or what the restore that it undoes has left, is waited for instead.
 *
 * @param tables the names of those that are restored
 */
export function tableGuard(
  present: PresentState,
  tables: string[],
  own: OwnSafetyPoint,
  ports: TablePorts,
): Promise<Verdict> {
  if (tables.length === 0) return Promise.resolve({ problems: [], remarks: [] });
  const settled = own.undoes ? present.descriptions.filter(isActive) : present.descriptions;
  return gather([
    async () => ({
      problems: [...busyProblems(settled), ...globalProblems(present.descriptions)],
      remarks: [],
    }),
    async () => ({ problems: await runningBackupProblems(tables, own, ports), remarks: [] }),
    () => operations({ ...present, descriptions: settled }, tables, ports),
  ]);
}

function isActive({ status }: TableDescription): boolean {
  return status === 'ACTIVE';
}

function busyProblems(descriptions: TableDescription[]): TandemError[] {
  const busy = descriptions.filter((table) => !isActive(table));
  if (busy.length === 0) return [];
  return [new TandemError('TABLE_BUSY', `Not now: ${few(busy.map(inWords))}.`)];
}

function inWords({ name, status, restoredFrom }: TableDescription): string {
  return restoredFrom === undefined ? `table ${name} is ${status}` : `table ${name} is being restored already`;
}

function globalProblems(descriptions: TableDescription[]): TandemError[] {
  const global = descriptions.filter((table) => table.globalTable).map(({ name }) => name);
  return global.length === 0 ? [] : [new TandemError('GLOBAL_TABLE', `Global tables: ${few(global)}.`)];
}

async function runningBackupProblems(
  tables: string[],
  own: OwnSafetyPoint,
  { backups, clock }: TablePorts,
): Promise<TandemError[]> {
  const since = new Date(clock.now().getTime() - longestBackupMilliseconds);
  const running = new Set<string>();
  for await (const page of backups.list({ since })) {
    for (const { status, table, name } of page) {
      const isOwn = name === tableBackupName(own.run);
      if (status === 'CREATING' && tables.includes(table) && !isOwn) running.add(table);
    }
  }
  if (running.size === 0) return [];
  return [new TandemError('BACKUP_RUNNING', `Not now: these tables are being backed up: ${few([...running])}.`)];
}

async function operations(
  { descriptions, tableNames }: PresentState,
  tables: string[],
  ports: TablePorts,
): Promise<Verdict> {
  const planned = new Set(tables);
  const others = await ifReadable(() =>
    describeAll(
      tableNames.filter((name) => !planned.has(name)),
      ports.tables,
    ),
  );
  if ('seen' in others)
    return { problems: operationProblems([...descriptions, ...others.seen], tables.length), remarks: [] };
  const remark = `how many tables of the account are being changed could not be seen: ${others.unseen.message}`;
  return { problems: operationProblems(descriptions, tables.length), remarks: [remark] };
}

async function describeAll(names: string[], tables: Tables): Promise<TableDescription[]> {
  const described: TableDescription[] = [];
  for (let first = 0; first < names.length; first += describedAtOnce) {
    const some = names.slice(first, first + describedAtOnce);
    described.push(
      ...(await Promise.all(some.map((name) => tables.describe(name)))).filter((one) => one !== undefined),
    );
  }
  return described;
}
