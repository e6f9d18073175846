import type { RestoreRun } from '../../contracts/ledger/restore-run.ts';
import type { SetValue } from '../../ports/cluster-settings.ts';
import type { RunPlace } from '../how-to-go-on.ts';
import { resumeWritersCommand } from '../how-to-go-on.ts';
import { longestRestoreSeconds } from '../restore-lock.ts';
import { deploymentChecks } from './checks/deployment.ts';
import { curlOf } from './curl.ts';
import { type Finding, finderOf, judged, ok } from './finding.ts';
import { type Observed, seenOf } from './observed.ts';
import type { Subject } from './subject.ts';

const found = finderOf(deploymentChecks);

/** The restore of a plan that was begun last. */
export interface LastRestore {
  run: string;
  takenAt: string;
  /** Undefined where it has not said that it has ended. */
  releasedAt?: string | undefined;
  /** The command that carries on with it. */
  carryOn: string;
  /** The writers that it has paused, in words, and that are not back; the run is that of the restore that paused them. */
  paused: { run: string; writers: string } | undefined;
  /** The domain whose indices it restored, which need not be that of the plan. */
  connection: RestoreRun['connection'];
  /** The settings of the cluster that are still as it set them, with what they were before. */
  settings: ReadonlyMap<string, SetValue>;
}

/**
 * Whether the last restore has ended, and put back what it had changed for its time.
 *
 * @param now without it, one that has not ended is taken to be at work still
 */
export function judgeLastRestore(last: Observed<LastRestore | undefined>, subject: Subject, now?: Date): Finding {
  return judged('RESTORE_ENDED', last, (restore) => {
    if (restore === undefined) return ok('RESTORE_ENDED', 'the plan was never restored');
    const { run, takenAt: since, releasedAt, carryOn, paused, connection, settings } = restore;
    const names = [...settings.keys()];
    if (releasedAt === undefined) {
      const left = [...(paused === undefined ? [] : [paused.writers]), ...names];
      const values = { run, since, left: left.length === 0 ? 'nothing' : left, carryOn: { command: carryOn } };
      return found('RESTORE_ENDED', isOver(since, now) ? 'unfinished' : 'atWork', values);
    }
    if (paused !== undefined) {
      const command = resumeWritersCommand(subject.name, paused.run, placeOf(subject));
      return found('RESTORE_ENDED', 'paused', { run: paused.run, writers: paused.writers, resume: { command } });
    }
    if (names.length > 0 && connection !== null) {
      const curl = curlOf(connection, subject.region);
      const values = { run, settings: names, curl, endpoint: connection.endpoint, body: bodyOf(settings) };
      return found('RESTORE_ENDED', 'settings', values);
    }
    return ok('RESTORE_ENDED', `${run} ended at ${releasedAt}`);
  });
}

/** Whether no execution can be at work any more on what was begun then. */
function isOver(since: string, now: Date | undefined): boolean {
  return now !== undefined && now.getTime() - Date.parse(since) > longestRestoreSeconds * 1_000;
}

function placeOf({ deployed }: Subject): RunPlace {
  return deployed === undefined ? { local: true } : { stage: seenOf(deployed) };
}

function bodyOf(settings: LastRestore['settings']): string {
  const at = (wanted: SetValue['level']) =>
    Object.fromEntries([...settings].flatMap(([name, { level, value }]) => (level === wanted ? [[name, value]] : [])));
  return JSON.stringify({ persistent: at('persistent'), transient: at('transient') });
}
