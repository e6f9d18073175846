import type { Difference, Verification } from '../../shared/contracts/ledger/verification.ts';
import type { RestorePlan } from '../../shared/contracts/restore-plan.ts';
import { pairName } from '../../shared/core/pairs.ts';
import { sourceInWords } from '../../shared/core/restore-source.ts';
import { counted, duration, size } from '../output/words.ts';
import { type Html, html } from './html.ts';
import type { RestoreReport } from './restore-report.ts';
import { style } from './style.ts';
import { type TimelineEntry, timelineOf } from './timeline.ts';

/** A whole page in one file, which loads nothing, and is not let. @param answer what the command line answers as JSON */
export function reportPage(report: RestoreReport, answer: object): string {
  const { restorePlan, run } = report.run;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>Restore ${run}</title>
<style>${style}</style>
</head>
<body>
<h1>Restore of ${sourceInWords(restorePlan)}</h1>
${verdict(report)}
${facts(report)}
${differences(report.verification?.differences ?? [])}
${listed('Remarks', [...restorePlan.remarks, ...(report.verification?.remarks ?? [])])}
<h2>Timeline</h2>
${timeline(timelineOf(report))}
<h2>What changed</h2>
${tables(restorePlan, report.verification)}
${indices(restorePlan, report.verification)}
${pairs(report.verification?.pairs ?? [])}
${listed('Left alone', [...restorePlan.kept.tables, ...restorePlan.kept.indices])}
<details><summary>The answer as JSON</summary><pre id="answer">${JSON.stringify(answer, null, 2)}</pre></details>
</body>
</html>
`.text;
}

function verdict({ verification, begun }: RestoreReport): Html {
  if (verification === undefined) {
    const sentence = begun
      ? 'It has begun, and has not been verified: it goes on still, or it has failed.'
      : 'It has changed nothing.';
    return html`<p class="verdict unknown">${sentence}</p>`;
  }
  const { length } = verification.differences;
  if (length > 0) return html`<p class="verdict bad">${counted(length, 'difference')} from what was backed up</p>`;
  return html`<p class="verdict good">Identical to what was backed up, in all that was compared</p>`;
}

function facts({ run, verification, undo, carryOn, begun }: RestoreReport): Html {
  const { restorePlan, planHash, startedAt } = run;
  const { safetyPoint, strategies, estimate } = restorePlan;
  const waived = safetyPoint === null ? 'waived: nothing undoes this restore' : 'none was recorded';
  const took = verification === undefined ? 'unknown' : duration(startedAt, verification.verifiedAt);
  return html`<table class="facts">
${fact('Plan', restorePlan.plan)}
${fact('Run', run.run)}
${fact('Strategies', `tables ${strategies.tables}, indices ${strategies.indices}`)}
${fact('Hash of the plan', planHash)}
${fact('Began', startedAt)}
${fact('Verified', verification?.verifiedAt ?? 'not yet')}
${fact('Took', took)}
${fact('Expected', `${Math.round(estimate.seconds.from / 60)} to ${Math.ceil(estimate.seconds.to / 60)} min`)}
${begun ? fact('Safety point', undo?.safetyPoint ?? waived) : ''}
${undo === undefined ? '' : fact('To undo it', html`<code id="undo">${undo.command}</code>`)}
${carryOn === undefined ? '' : fact('To carry on', html`<code id="carry-on">${carryOn}</code>`)}
</table>`;
}

function fact(name: string, value: string | Html): Html {
  return html`<tr><th>${name}</th><td>${value}</td></tr>`;
}

function differences(found: Difference[]): Html {
  if (found.length === 0) return html``;
  const rows = found.map(
    ({ kind, name, what, expected, found: seen, remedy = '' }) =>
      html`<tr><td>${kind} ${name}</td><td>${what}</td><td>${expected}</td><td>${seen}</td><td>${remedy}</td></tr>`,
  );
  return html`<h2>Differences</h2>
<table id="differences"><tr><th>of</th><th>what</th><th>expected</th><th>found</th><th>what to do</th></tr>${rows}</table>`;
}

function listed(title: string, lines: string[]): Html {
  if (lines.length === 0) return html``;
  return html`<h2>${title}</h2><ul>${lines.map((line) => html`<li>${line}</li>`)}</ul>`;
}

function timeline(entries: TimelineEntry[]): Html {
  const moments = entries.flatMap(({ from, to }) => [from, ...(to === undefined ? [] : [to])].map(Date.parse));
  const [first, last] = [Math.min(...moments), Math.max(...moments)];
  const share = (moment: number) => ((moment - first) / Math.max(1, last - first)) * 100;
  const rows = entries.map(({ side, what, from, to }) => {
    const [left, right] = [share(Date.parse(from)), share(to === undefined ? last : Date.parse(to))];
    const took = to === undefined ? 'not ended' : duration(from, to);
    const bar = html`<span class="${side}" style="margin-left:${left.toFixed(2)}%;width:${Math.max(0.5, right - left).toFixed(2)}%"></span>`;
    return html`<tr><td>${side}</td><td>${what}</td><td>${from.slice(11, 19)}</td><td>${took}</td><td class="bar">${bar}</td></tr>`;
  });
  return html`<table id="timeline"><tr><th>side</th><th>what</th><th>from (UTC)</th><th>took</th><th></th></tr>${rows}</table>`;
}

function tables({ tables: planned }: RestorePlan, verification: Verification | undefined): Html {
  if (planned.length === 0) return html``;
  const verified = new Map(verification?.tables.map((table) => [table.name, table]));
  const rows = planned.map(({ target, action, current, recorded, settings, triggers }) => {
    const now = verified.get(target)?.counted;
    const back = [...settings.back, ...(triggers.length === 0 ? [] : [counted(triggers.length, 'trigger')])];
    const not = settings.not.map(({ setting, why }) => `not ${setting}: ${why}`);
    return html`<tr><td>${target}</td><td>${action}</td><td>${heldItems(current)}</td><td>${heldItems(recorded)}</td><td>${now ?? 'not counted'}</td><td>${[...back, ...not].join(', ')}</td></tr>`;
  });
  return html`<table id="tables"><tr><th>table</th><th></th><th>before</th><th>in the recovery point</th><th>counted after</th><th>put back</th></tr>${rows}</table>
<p class="note">What tables held before and in the recovery point is as DynamoDB had counted it, up to some hours earlier.</p>`;
}

function heldItems(held: { items: number; bytes: number } | null): string {
  return held === null ? 'not there' : `${counted(held.items, 'item')}, ${size(held.bytes)}`;
}

function indices({ indices: planned }: RestorePlan, verification: Verification | undefined): Html {
  if (planned.length === 0) return html``;
  const verified = new Map(verification?.indices.map((index) => [index.name, index]));
  const rows = planned.map(({ target, action, current, recorded, aliases }) => {
    const now = verified.get(target);
    const after = now === undefined ? 'unknown' : `${documentsText(now.documents)}, ${now.health}`;
    return html`<tr><td>${target}</td><td>${action}</td><td>${heldDocuments(current)}</td><td>${heldDocuments(recorded)}</td><td>${after}</td><td>${aliases.join(', ')}</td></tr>`;
  });
  return html`<table id="indices"><tr><th>index</th><th></th><th>before</th><th>in the recovery point</th><th>after</th><th>aliases</th></tr>${rows}</table>`;
}

function heldDocuments(held: { documents: number | null; bytes: number } | null): string {
  return held === null ? 'not there' : `${documentsText(held.documents)}, ${size(held.bytes)}`;
}

function documentsText(documents: number | null): string {
  return documents === null ? 'not counted' : counted(documents, 'document');
}

function pairs(found: Verification['pairs']): Html {
  if (found.length === 0) return html``;
  const rows = found.map(
    (pair) =>
      html`<tr><td>${pairName(pair)}</td><td>${pair.items ?? 'not counted'}</td><td>${pair.documents ?? 'not counted'}</td><td>${pair.counted === 'EXACTLY' ? 'counted one by one' : 'as DynamoDB had counted'}</td></tr>`,
  );
  return html`<table id="pairs"><tr><th>pair</th><th>items</th><th>documents</th><th>items are</th></tr>${rows}</table>`;
}
