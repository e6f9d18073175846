import type { Problem } from '../shared/contracts/refusal.ts';
import type { Answer } from './output/answer.ts';

/** What went wrong, as it is told to a person and to a script. */
export interface ErrorReport {
  name: string;
  code?: string;
  step?: string | undefined;
  message: string;
  remedy?: string;
  /** Of a restore that was refused: all that is in the way. */
  problems?: Problem[] | undefined;
}

export interface RunErrorDetails {
  plan: string;
  run: string;
  /** Whether its execution has ended, with a failure; one that was left may go on. */
  ended: boolean;
  /** What became of the run, in sentences. */
  notes: string[];
  /** The command that carries on with the run, or looks at it again; undefined where that makes no sense. */
  carryOn: string | undefined;
  /** The command that undoes what a restore has changed; undefined where it has changed nothing. */
  undo?: string | undefined;
  /** What the run has come to nevertheless. */
  answer?: Answer | undefined;
}

/** A run that failed, or that was left before its end. */
export class RunError extends Error {
  readonly report: ErrorReport;
  readonly details: RunErrorDetails;

  constructor(report: ErrorReport, details: RunErrorDetails, cause?: unknown) {
    super(report.message, { cause });
    this.name = report.name;
    this.report = report;
    this.details = details;
  }
}
