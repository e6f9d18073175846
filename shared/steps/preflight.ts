import type { SearchPlan } from '../contracts/plan-file.ts';
import { judgeHealth } from '../core/diagnosis/domain-health.ts';
import type { Finding } from '../core/diagnosis/finding.ts';
import { judgeLastRestore } from '../core/diagnosis/last-restore.ts';
import { seen, unseen } from '../core/diagnosis/observed.ts';
import { judgeWriters } from '../core/diagnosis/repository.ts';
import type { Subject } from '../core/diagnosis/subject.ts';
import { TandemError } from '../errors/tandem-error.ts';
import type { StepRun } from '../ports/step-run.ts';
import { lookAtRestore } from './diagnosis/look-at-restore.ts';
import { observe } from './diagnosis/observe.ts';
import type { DiagnosisPorts } from './diagnosis/ports.ts';
import { otherOwner } from './repository-owner.ts';

type PreflightPorts = Pick<DiagnosisPorts, 'openCatalog' | 'connectSearch' | 'openSnapshotBucket'>;

/**
 * The cheap part of the doctor, a few requests, at the start of each backup. What would make the run fail later, or corrupt
 * the repository, ends it here; what may not concern the indices of the plan, and a restore that has not ended or not put
 * back everything, becomes a warning of the recovery point; and what could not be looked at is only logged, so that a look
 * never makes a good run fail.
 *
 * @returns the warnings
 * @throws TandemError CHECK_FAILED
 */
export async function preflightOfBackup(subject: Subject, ports: PreflightPorts, step: StepRun): Promise<string[]> {
  const { search } = subject.plan;
  const warnings = await Promise.all([
    lookAtRestore(subject, ports).then((last) =>
      warningsOf(judgeLastRestore(last, subject), step, ['failed', 'warning']),
    ),
    search === undefined ? [] : preflightOfSearch(subject, search, ports, step),
  ]);
  return warnings.flat();
}

async function preflightOfSearch(
  subject: Subject,
  search: SearchPlan,
  { connectSearch, openSnapshotBucket }: PreflightPorts,
  step: StepRun,
): Promise<string[]> {
  const domain = connectSearch(search);
  const [repositories, health, owner] = await Promise.all([
    observe(() => domain.snapshots.repositories()),
    observe(() => domain.cluster.health()),
    observe(() => otherOwner(search.repository, domain, openSnapshotBucket)),
  ]);
  const facts = {
    subject,
    search,
    repositories,
    recoveryPoints: seen([]),
    owner,
    verification: unseen('it is verified later'),
  };
  refuseFailures([judgeWriters(facts)], step);
  return warningsOf(judgeHealth(health, search, subject.region), step);
}

function warningsOf(finding: Finding, step: StepRun, told: Finding['outcome'][] = ['failed']): string[] {
  logUnchecked([finding], step);
  return told.includes(finding.outcome) ? [`${finding.code}: ${finding.message}`] : [];
}

function refuseFailures(findings: Finding[], step: StepRun): void {
  logUnchecked(findings, step);
  const failed = findings.find(({ outcome }) => outcome === 'failed');
  if (failed === undefined) return;
  const { code, message, remedy } = failed;
  throw new TandemError('CHECK_FAILED', `${code}: ${message}`, remedy === undefined ? {} : { remedy });
}

function logUnchecked(findings: Finding[], step: StepRun): void {
  for (const { code, outcome, message } of findings) {
    if (outcome === 'not checked') step.info('not checked', { code, why: message });
  }
}
