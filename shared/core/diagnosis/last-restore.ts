import type { SetValue } from '../../ports/cluster-settings.ts';
import type { RunPlace } from '../how-to-go-on.ts';
import { resumeWritersCommand } from '../how-to-go-on.ts';
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
  /** The settings of the cluster that are still as it set them, with what they were before. */
  settings: ReadonlyMap<string, SetValue>;
}

/** Whether the last restore has ended, and put back what it had changed for its time. */
export function judgeLastRestore(last: Observed<LastRestore | undefined>, subject: Subject): Finding {
  return judged('RESTORE_ENDED', last, (restore) => {
    if (restore === undefined) return ok('RESTORE_ENDED', 'the plan was never restored');
    const { run, takenAt: since, releasedAt, carryOn, paused, settings } = restore;
    const names = [...settings.keys()];
    if (releasedAt === undefined) {
      const left = [...(paused === undefined ? [] : [paused.writers]), ...names];
      const values = { run, since, left: left.length === 0 ? 'nothing' : left, carryOn: { command: carryOn } };
      return found('RESTORE_ENDED', 'unfinished', values);
    }
    if (paused !== undefined) {
      const command = resumeWritersCommand(subject.name, paused.run, placeOf(subject));
      return found('RESTORE_ENDED', 'paused', { run: paused.run, writers: paused.writers, resume: { command } });
    }
    const { search } = subject.plan;
    if (names.length > 0 && search !== undefined) {
      const curl = curlOf(search, subject.region);
      const values = { run, settings: names, curl, endpoint: search.endpoint, body: bodyOf(settings) };
      return found('RESTORE_ENDED', 'settings', values);
    }
    return ok('RESTORE_ENDED', `${run} ended at ${releasedAt}`);
  });
}

function placeOf({ deployed }: Subject): RunPlace {
  return deployed === undefined ? { local: true } : { stage: seenOf(deployed) };
}

function bodyOf(settings: LastRestore['settings']): string {
  const at = (wanted: SetValue['level']) =>
    Object.fromEntries([...settings].flatMap(([name, { level, value }]) => (level === wanted ? [[name, value]] : [])));
  return JSON.stringify({ persistent: at('persistent'), transient: at('transient') });
}
