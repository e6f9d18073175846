import type { IndexToRestore, RestorePlan, TableToRestore } from '../contracts/restore-plan.ts';
import { canonicalJson } from './hash.ts';
import { settledPart } from './restore-plan.ts';
import { sourceInWords } from './restore-source.ts';

type Step = TableToRestore | IndexToRestore;
type Settled = ReturnType<typeof settledPart>;

/**
 * What is different between a plan that somebody has seen and the one that would be done now, a sentence each. Never empty
 * where the hashes differ.
 */
export function planChanges(then: RestorePlan, now: RestorePlan): string[] {
  const [before, after] = [settledPart(then), settledPart(now)];
  return [
    ...pointChanges(before, after),
    ...stepChanges('table', then.tables, now.tables),
    ...stepChanges('index', then.indices, now.indices),
    ...keptChanges('table', before.kept.tables, after.kept.tables),
    ...keptChanges('index', before.kept.indices, after.kept.indices),
    ...fieldChanges('the plan', withoutTold(before), withoutTold(after)),
  ];
}

/** What is told in words of its own. */
function withoutTold({
  recoveryPoint: _,
  source: ______,
  manifestHash: __,
  tables: ___,
  indices: ____,
  kept: _____,
  ...others
}: Settled) {
  return others;
}

function pointChanges(before: Settled, after: Settled): string[] {
  const areBothPoints = before.source.kind === 'recoveryPoint' && after.source.kind === 'recoveryPoint';
  if (areBothPoints && before.recoveryPoint !== after.recoveryPoint) {
    return [`recovery point: was ${before.recoveryPoint}, is ${after.recoveryPoint} now`];
  }
  const [was, is] = [sourceInWords(before), sourceInWords(after)];
  if (was !== is) return [`what is restored: was ${was}, is ${is} now`];
  if (before.manifestHash === after.manifestHash) return [];
  return [`${is}: ${areBothPoints ? 'its manifest is another one' : 'what it holds is something else'} now`];
}

function stepChanges(kind: 'table' | 'index', before: Step[], after: Step[]): string[] {
  const earlier = new Map(before.map((step) => [step.name, step]));
  const later = new Map(after.map((step) => [step.name, step]));
  return [
    ...before.flatMap((step) => {
      const now = later.get(step.name);
      const what = `${kind} ${step.name}`;
      if (now === undefined) return [`${what}: was ${intent(step)}, is not part of the plan now`];
      // What else is different of it follows from that.
      const existence = existenceChanges(what, step, now);
      return existence.length > 0 ? existence : fieldChanges(what, others(step), others(now));
    }),
    ...after
      .filter(({ name }) => !earlier.has(name))
      .map((step) => `${kind} ${step.name}: was not part of the plan, is ${intent(step)} now`),
  ];
}

function existenceChanges(what: string, before: Step, now: Step): string[] {
  if (before.action === now.action && before.currentId === now.currentId) return [];
  return [`${what}: was ${intent(before)}, ${existence(before, now)}`];
}

function existence(before: Step, now: Step): string {
  if (now.currentId === null) return 'does not exist now';
  if (before.currentId === null) return `exists now (id ${now.currentId}), and is ${intents[now.action]}`;
  if (before.currentId !== now.currentId) return `is another one now (id ${now.currentId})`;
  return `is ${intent(now)} now`;
}

const intents: Readonly<Record<Step['action'], string>> = {
  replace: 'to be replaced',
  create: 'to be created',
  remove: 'to be removed',
  refill: 'to be refilled',
  close: 'to be closed and restored over',
  swap: 'to be swapped',
};

function intent({ action, currentId }: Step): string {
  return `${intents[action]}${currentId === null ? '' : ` (id ${currentId})`}`;
}

/** What confirms a step besides its existence; what it holds comes with the recovery point. */
function others({
  name: _,
  target: __,
  action: ___,
  currentId: ____,
  current: _____,
  recorded: ______,
  ...rest
}: Step) {
  return rest;
}

function keptChanges(kind: string, before: string[], after: string[]): string[] {
  return [
    ...before
      .filter((name) => !after.includes(name))
      .map((name) => `${kind} ${name}: was to be kept, is not there beside the plan now`),
    ...after
      .filter((name) => !before.includes(name))
      .map((name) => `${kind} ${name}: was not there beside the plan, is there now and would be kept`),
  ];
}

function fieldChanges(what: string, before: object, after: object): string[] {
  const [earlier, later] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  return [...new Set([...earlier.keys(), ...later.keys()])].flatMap((field) => {
    const [was, is] = [textOf(earlier.get(field)), textOf(later.get(field))];
    return was === is ? [] : [`${what}: ${inWords(field)} was ${was}, is ${is} now`];
  });
}

/** `deletionProtected` becomes `deletion protected`. */
function inWords(field: string): string {
  return field.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function textOf(value: unknown): string {
  return value === undefined ? 'nothing' : canonicalJson(value);
}
