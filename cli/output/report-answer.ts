import type { RestoreReport } from '../report/restore-report.ts';
import { timelineOf } from '../report/timeline.ts';
import type { Answer } from './answer.ts';
import { type RestoreDocumentState, restoreDocument } from './restore-answer.ts';

/** What the restore answered, with what only a report tells. */
export function reportDocument(report: RestoreReport): object {
  const { run, verification, undo, carryOn } = report;
  return {
    run: run.run,
    ...restoreDocument(run, stateOf(report), undo, verification),
    startedAt: run.startedAt,
    verifiedAt: verification?.verifiedAt ?? null,
    timeline: timelineOf(report),
    undo: undo?.command ?? null,
    carryOn: carryOn ?? null,
  };
}

/** What `tandem report` answers. @param file where the page is */
export function reportAnswer(report: RestoreReport, file: string): Answer {
  return {
    document: { file, ...reportDocument(report) },
    text: () => `The report of restore ${report.run.run} is in ${file}.`,
  };
}

function stateOf({ verification, begun }: RestoreReport): RestoreDocumentState {
  if (verification === undefined) return begun ? 'UNFINISHED' : 'PLANNED';
  return verification.differences.length === 0 ? 'COMPLETE' : 'DIFFERENT';
}
