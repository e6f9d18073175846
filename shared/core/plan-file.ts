import { type Alias, type Document, isMap, isNode, isPair, LineCounter, parseDocument, visit } from 'yaml';
import type * as z from 'zod';
import { type Plan, type PlanFile, planFileSchema } from '../contracts/plan-file.ts';
import { TandemError } from '../errors/tandem-error.ts';

/** A plan file with the places its values came from. */
export interface ReadPlanFile extends PlanFile {
  /** `tandem.yml:7` for the value at that path, so that errors found later can name the line too. */
  where(...path: (string | number)[]): string;
}

/**
 * Reads the text of a plan file.
 *
 * @param name how the file is called in errors
 * @throws TandemError PLAN_FILE_INVALID, which names the file, the line and what is wrong with it, for each mistake
 */
export function parsePlanFile(text: string, name: string): ReadPlanFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' });
  const [broken] = document.errors;
  if (broken !== undefined) {
    const line = lines.linePos(broken.pos[0]).line;
    throw new TandemError('PLAN_FILE_INVALID', `${name}:${line}: not YAML: ${broken.message}`, {
      cause: broken,
    });
  }
  const [stray] = strayAliases(document);
  if (stray !== undefined) {
    const line = lines.linePos(stray.range?.[0] ?? 0).line;
    throw new TandemError('PLAN_FILE_INVALID', `${name}:${line}: *${stray.source} needs quotes: "*${stray.source}"`);
  }
  const parsed = planFileSchema.safeParse(document.toJS());
  if (parsed.success) {
    return { ...parsed.data, where: (...path) => `${name}:${lineOf(document, lines, path)}` };
  }
  const mistakes = parsed.error.issues.flatMap((issue) => explain(issue, document, lines, name));
  throw new TandemError('PLAN_FILE_INVALID', mistakes.join('\n'));
}

/** @throws TandemError PLAN_UNKNOWN */
export function findPlan(file: PlanFile, name: string): Plan {
  const plan = Object.hasOwn(file.plans, name) ? file.plans[name] : undefined;
  if (plan !== undefined) return plan;
  const known = Object.keys(file.plans).join(', ');
  throw new TandemError('PLAN_UNKNOWN', `There is no plan named "${name}"; the plan file holds: ${known}.`);
}

/** What looks like a glob to its writer is an alias to YAML where it starts with * and has no quotes. */
function strayAliases(document: Document): Alias[] {
  const stray: Alias[] = [];
  visit(document, {
    Alias: (_key, alias) => {
      if (alias.resolve(document) === undefined) stray.push(alias);
    },
  });
  return stray;
}

function explain(issue: z.core.$ZodIssue, document: Document, lines: LineCounter, name: string): string[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => place(name, [...issue.path, key], 'unknown key', document, lines));
  }
  if (issue.code === 'invalid_key') {
    return [place(name, issue.path, issue.issues[0]?.message ?? issue.message, document, lines)];
  }
  return [place(name, issue.path, issue.message, document, lines)];
}

function place(file: string, path: PropertyKey[], message: string, document: Document, lines: LineCounter): string {
  return `${file}:${lineOf(document, lines, path)}: ${path.map(String).join('.') || 'the file'}: ${message}`;
}

/** The line of the key at a path, or of the nearest thing around it that is in the file. */
function lineOf(document: Document, lines: LineCounter, path: PropertyKey[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const parent = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    const key = path[length - 1];
    if (isMap(parent)) {
      const pair = parent.items.find((item) => isPair(item) && String(item.key) === String(key));
      if (pair !== undefined && isNode(pair.key) && pair.key.range) return lines.linePos(pair.key.range[0]).line;
    }
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}
