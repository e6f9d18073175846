import type { RestorePlan } from '../contracts/restore-plan.ts';

/** A plan in numbers, for whoever reads the output of a dry run in the console. */
export function outlineOf({ recoveryPoint, tables, indices, kept, estimate, remarks }: RestorePlan) {
  return {
    recoveryPoint,
    tables: actionsOf(tables, kept.tables),
    indices: { ...actionsOf(indices, kept.indices), ...otherActions(indices) },
    settingsNotPutBack: tables.reduce((count, { settings }) => count + settings.not.length, 0),
    triggers: tables.reduce((count, { triggers }) => count + triggers.length, 0),
    dollars: estimate.dollars,
    seconds: estimate.seconds,
    remarks,
  };
}

/** Those that only indices know, where there are any. */
function otherActions(indices: RestorePlan['indices']) {
  const count = (action: string) => indices.filter((index) => index.action === action).length;
  const [close, swap] = [count('close'), count('swap')];
  return { ...(close > 0 && { close }), ...(swap > 0 && { swap }) };
}

function actionsOf(parts: { action: string; currentId: string | null }[], kept: string[]) {
  const count = (action: string) => parts.filter((part) => part.action === action).length;
  const remove = parts.filter(({ action, currentId }) => action === 'remove' && currentId !== null).length;
  return { replace: count('replace'), create: count('create'), remove, keep: kept.length };
}
