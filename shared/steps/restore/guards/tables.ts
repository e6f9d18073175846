import type { TableFacts } from '../../../contracts/manifest.ts';
import type { TableToRestore } from '../../../contracts/restore-plan.ts';
import type { TableShape } from '../../../contracts/table-settings.ts';
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
 * Whether the tables can be restored now, each as its strategy has it. Finds TABLE_BUSY, GLOBAL_TABLE, KEYS_DIFFER,
 * TARGET_IN_USE, BACKUP_RUNNING, TABLE_OPERATIONS_LIMIT; where other tables of the account may not be described, only
 * those of the plan count against the limit. What its own safety point is at, or what the restore that it undoes has left,
 * is waited for instead.
 *
 * @param records the tables as the recovery point knows them
 */
export function tableGuard(
  present: PresentState,
  steps: TableToRestore[],
  records: TableFacts[],
  own: OwnSafetyPoint,
  ports: TablePorts,
): Promise<Verdict> {
  if (steps.length === 0) return Promise.resolve({ problems: [], remarks: [] });
  const settled = own.undoes ? present.descriptions.filter(isActive) : present.descriptions;
  const described = (actions: TableToRestore['action'][], from: TableDescription[]) => {
    const names = new Set(steps.filter(({ action }) => actions.includes(action)).map(({ name }) => name));
    return from.filter(({ name }) => names.has(name));
  };
  const doomed = steps.filter(({ action }) => action === 'replace' || action === 'remove').map(({ name }) => name);
  return gather([
    async () => ({
      problems: [
        ...busyProblems(described(['replace', 'remove', 'refill'], settled)),
        ...globalProblems(described(['replace', 'remove'], present.descriptions)),
        ...keyProblems(described(['refill'], present.descriptions), records),
        ...targetProblems(steps, present.tableNames),
      ],
      remarks: [],
    }),
    async () => ({ problems: await runningBackupProblems(doomed, own, ports), remarks: [] }),
    () => operations({ ...present, descriptions: settled }, steps, ports),
  ]);
}

function keyProblems(live: TableDescription[], records: TableFacts[]): TandemError[] {
  const recorded = new Map(records.map(({ name, shape }) => [name, keyText(shape)]));
  const unlike = live
    .map(({ name, shape }) => ({ name, has: keyText(shape), had: recorded.get(name) }))
    .filter(({ has, had }) => has !== had)
    .map(({ name, has, had }) => `table ${name} has ${has}, and had ${had}`);
  return unlike.length === 0 ? [] : [new TandemError('KEYS_DIFFER', `Cannot be refilled: ${few(unlike)}.`)];
}

/** `pk (HASH, S), sk (RANGE, N)` */
function keyText({ keys, attributes }: TableShape): string {
  return keys.map(({ attribute, type }) => `${attribute} (${type}, ${attributes[attribute]})`).join(', ');
}

function targetProblems(steps: TableToRestore[], tableNames: string[]): TandemError[] {
  const existing = new Set(tableNames);
  const inUse = steps.filter(({ strategy, target }) => strategy === 'beside' && existing.has(target));
  if (inUse.length === 0) return [];
  return [new TandemError('TARGET_IN_USE', `There are tables already: ${few(inUse.map(({ target }) => target))}.`)];
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
  if (tables.length === 0) return [];
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
  steps: TableToRestore[],
  ports: TablePorts,
): Promise<Verdict> {
  const planned = new Set(steps.map(({ name }) => name));
  const others = await ifReadable(() =>
    describeAll(
      tableNames.filter((name) => !planned.has(name)),
      ports.tables,
    ),
  );
  if ('seen' in others)
    return { problems: operationProblems([...descriptions, ...others.seen], steps.length), remarks: [] };
  const remark = `how many tables of the account are being changed could not be seen: ${others.unseen.message}`;
  return { problems: operationProblems(descriptions, steps.length), remarks: [remark] };
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
