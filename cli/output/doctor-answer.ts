import { checkCodes, checks } from '../../shared/core/diagnosis/catalogue.ts';
import { topics } from '../../shared/core/diagnosis/check.ts';
import type { Finding } from '../../shared/core/diagnosis/finding.ts';
import { exitCodes } from '../exit-code.ts';
import type { Answer } from './answer.ts';
import type { Colors } from './colors.ts';
import { counted } from './words.ts';

/**
 * What `tandem doctor` answers: every check and what it came to. It ends well where none failed, and otherwise as what a
 * guard refused: nothing was touched, and nothing should be run before that is mended. No run has failed.
 */
export function doctorAnswer(plan: string, findings: Finding[]): Answer {
  const count = (outcome: Finding['outcome']) => findings.filter((finding) => finding.outcome === outcome).length;
  const summary = {
    ok: count('ok'),
    warnings: count('warning'),
    failed: count('failed'),
    notChecked: count('not checked'),
  };
  const rows = findings.map((finding) => ({
    code: finding.code,
    title: checks[finding.code].title,
    outcome: finding.outcome,
    message: finding.message,
    remedy: finding.remedy ?? null,
  }));
  return {
    document: { plan, summary, checks: rows },
    text: (colors) => textOf(plan, findings, summary, colors),
    exitCode: summary.failed === 0 ? exitCodes.done : exitCodes.refused,
  };
}

type Summary = Record<'ok' | 'warnings' | 'failed' | 'notChecked', number>;

function textOf(plan: string, findings: Finding[], summary: Summary, colors: Colors): string {
  const byTopic = Object.entries(topics).map(([topic, title]) => ({
    title,
    own: findings.filter(({ code }) => checks[code].topic === topic),
  }));
  return [
    `Plan ${colors.bold(plan)}`,
    ...byTopic.flatMap(({ title, own }) => [`${colors.bold(title)}`, ...linesOfTopic(own, colors)]),
    '',
    summaryOf(summary, colors),
  ].join('\n');
}

/** What keeps all checks of a topic from being made, such as that the plan has no search domain, is said once. */
function linesOfTopic(findings: Finding[], colors: Colors): string[] {
  const [first, ...others] = findings;
  const isOneReason =
    first?.outcome === 'not checked' &&
    others.length > 0 &&
    others.every(({ outcome, message }) => outcome === first.outcome && message === first.message);
  if (isOneReason) return [lineOf(`all ${findings.length} checks`, first, colors)];
  return findings.flatMap((finding) => linesOf(finding, colors));
}

/** Of the codes. */
const widest = Math.max(...checkCodes.map((code) => code.length));

function linesOf(finding: Finding, colors: Colors): string[] {
  const line = lineOf(finding.code, finding, colors);
  return finding.remedy === undefined ? [line] : [line, `               ${colors.bold('->')} ${finding.remedy}`];
}

function lineOf(what: string, { outcome, message }: Finding, colors: Colors): string {
  return `  ${painted(outcome, colors)}  ${what.padEnd(widest)}  ${outcome === 'ok' ? colors.dim(message) : message}`;
}

function painted(outcome: Finding['outcome'], colors: Colors): string {
  const paint = { ok: colors.green, warning: colors.yellow, failed: colors.red, 'not checked': colors.dim }[outcome];
  return paint(outcome.padEnd('not checked'.length));
}

function summaryOf({ ok, warnings, failed, notChecked }: Summary, colors: Colors): string {
  const parts = [`${ok} ok`, counted(warnings, 'warning'), `${failed} failed`, `${notChecked} not checked`].join(', ');
  return failed === 0 ? colors.green(parts) : colors.red(parts);
}
