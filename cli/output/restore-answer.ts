import type { RestoreRun } from '../../shared/contracts/ledger/restore-run.ts';
import type { Difference, Verification } from '../../shared/contracts/ledger/verification.ts';
import type { RestorePlan } from '../../shared/contracts/restore-plan.ts';
import { few } from '../../shared/core/deadline.ts';
import { sourceInWords } from '../../shared/core/restore-source.ts';
import { besideTables, isWaived, madeBeside } from '../../shared/core/safety-point.ts';
import type { Undo } from '../undo.ts';
import type { Answer } from './answer.ts';
import type { Colors } from './colors.ts';
import { restorePlanText } from './restore-plan-text.ts';
import { counted, duration, sum } from './words.ts';

/** What `tandem restore` answers after a dry run: what it would do, and the hash that confirms it. */
export function plannedAnswer(run: RestoreRun, { all = false }: { all?: boolean } = {}): Answer {
  return {
    document: restoreDocument(run, 'PLANNED'),
    text: (colors, terminal) =>
      `${restorePlanText(run, colors, { all, terminal })}\nTo confirm it: --plan-hash ${run.planHash}`,
  };
}

/** What `tandem restore` answers once the restored state was compared with the manifest. */
export function restoredAnswer(run: RestoreRun, verification: Verification, undo: Undo | undefined): Answer {
  const state = verification.differences.length === 0 ? 'COMPLETE' : 'DIFFERENT';
  return {
    document: restoreDocument(run, state, undo, verification),
    text: (colors) => textOf(run, verification, undo, colors),
  };
}

/** UNFINISHED: it has changed something, and was not verified (yet). */
export type RestoreDocumentState = 'PLANNED' | 'COMPLETE' | 'DIFFERENT' | 'UNFINISHED';

/** What a restore answers a script. */
export function restoreDocument(
  run: RestoreRun,
  state: RestoreDocumentState,
  undo?: Undo,
  verification?: Verification,
) {
  const { restorePlan, planHash, consumers } = run;
  const restored = new Map(verification?.tables.map(({ name, ...table }) => [name, table]));
  const found = new Map(verification?.indices.map(({ name, ...index }) => [name, index]));
  return {
    recoveryPoint: restorePlan.recoveryPoint,
    source: restorePlan.source,
    strategy: strategyOf(restorePlan),
    state,
    plan: restorePlan,
    planHash,
    consumers,
    safetyPoint: undo?.safetyPoint ?? null,
    tables: restorePlan.tables.map(({ name, target, action }) => ({ name, target, action, ...restored.get(target) })),
    indices: restorePlan.indices.map(({ name, target, action }) => ({ name, target, action, ...found.get(target) })),
    pairs: verification?.pairs ?? [],
    differences: verification?.differences ?? [],
    remarks: verification?.remarks ?? [],
  };
}

/** One word where there is one for all that is restored. */
function strategyOf({ strategies, tables, indices }: RestorePlan): string {
  const used = [...(tables.length > 0 ? [strategies.tables] : []), ...(indices.length > 0 ? [strategies.indices] : [])];
  return [...new Set(used)].join(', ');
}

function textOf(run: RestoreRun, verification: Verification, undo: Undo | undefined, colors: Colors): string {
  const { tables, indices, differences, remarks } = verification;
  const took = duration(run.startedAt, verification.verifiedAt);
  const headline =
    differences.length === 0
      ? `${restoredIn(run.restorePlan)} ${colors.green('back')}, ${provenBy(run.restorePlan)}, after ${took}.`
      : `${restoredIn(run.restorePlan)} back, but ${colors.red(counted(differences.length, 'difference'))} found:`;
  return [
    headline,
    ...differences.map(differenceLine),
    ...(tables.length === 0
      ? []
      : [`  ${counted(tables.length, 'table')}, ${itemsText(tables, run.restorePlan)}${refillText(tables)}`]),
    ...(indices.length === 0
      ? []
      : [
          `  ${counted(indices.length, 'index', 'indices')}, ${counted(sum(indices.map((index) => index.documents)), 'document')}`,
        ]),
    ...remarks.map((remark) => `${colors.yellow('remark:')} ${remark}`),
    undoLine(run.restorePlan, undo),
  ].join('\n');
}

/** `Recovery point app-20261122-020000 is`, before `back`. */
function restoredIn(plan: RestorePlan): string {
  const words = sourceInWords(plan);
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)} ${plan.source.kind === 'pointInTime' ? 'are' : 'is'}`;
}

/** A snapshot that somebody else took tells less of what it holds. */
function provenBy({ source }: RestorePlan): string {
  return source.kind === 'recoveryPoint' ? 'and is as its manifest says' : 'and nothing differs that could be compared';
}

/** What a refill came to: it writes what differs alone. */
function refillText(tables: Verification['tables']): string {
  const refilled = tables.filter(({ written }) => written !== undefined);
  if (refilled.length === 0) return '';
  const count = (what: 'written' | 'deleted') => sum(refilled.map((table) => table[what] ?? 0)).toLocaleString('en');
  return `; ${counted(refilled.length, 'table')} refilled: ${count('written')} items written, ${count('deleted')} deleted`;
}

function undoLine(plan: RestorePlan, undo: Undo | undefined): string {
  if (undo !== undefined) {
    const besides = besideTables(plan);
    const left = besides.length === 0 ? '' : `\nThat leaves tables that nobody had before: delete ${few(besides)}`;
    return `What there was before is safety point ${undo.safetyPoint}. To undo this restore: ${undo.command}${left}`;
  }
  if (isWaived(plan)) return 'No safety point was taken: nothing undoes this restore.';
  return `Nothing that existed was touched. To undo this restore, delete what it made: ${few(madeBeside(plan))}`;
}

/** Whose count of items it is: DynamoDB's own is hours old, and is compared with nothing. */
function itemsText(tables: Verification['tables'], { source }: RestorePlan): string {
  const exact = tables.flatMap((table) => table.counted ?? []);
  if (exact.length === tables.length) return `${counted(sum(exact), 'item')}, counted one by one`;
  return `${counted(sum(tables.map(({ items }) => items)), 'item')} as DynamoDB had counted them hours before the ${source.kind === 'pointInTime' ? 'restore' : 'backup'}; --count counts them`;
}

function differenceLine({ kind, name, what, expected, found }: Difference): string {
  return `  ${kind} ${name}: ${what}: expected ${expected}, found ${found}`;
}
