import { isElsewhere, judgeAccount, judgeCredentials } from '../core/diagnosis/account.ts';
import { checkCodes } from '../core/diagnosis/catalogue.ts';
import { judgeClock } from '../core/diagnosis/clock.ts';
import { type Finding, notChecked } from '../core/diagnosis/finding.ts';
import { judgeLastRestore } from '../core/diagnosis/last-restore.ts';
import { type Observed, unseen } from '../core/diagnosis/observed.ts';
import { judgeRecoveryPoints } from '../core/diagnosis/recovery-points.ts';
import { noSearch, type Subject, stageOf } from '../core/diagnosis/subject.ts';
import { findPlan, type ReadPlanFile } from '../core/plan-file.ts';
import type { AccountIdentity } from '../ports/account.ts';
import { lookAtCatalog } from './diagnosis/look-at-catalog.ts';
import { lookAtDeployment } from './diagnosis/look-at-deployment.ts';
import { lookAtDomain } from './diagnosis/look-at-domain.ts';
import { lookAtRestore } from './diagnosis/look-at-restore.ts';
import { lookAtSnapshots } from './diagnosis/look-at-snapshots.ts';
import { lookAtTables } from './diagnosis/look-at-tables.ts';
import { observe } from './diagnosis/observe.ts';
import type { DiagnosisPorts } from './diagnosis/ports.ts';
import { lookAtPrincipals } from './diagnosis/principals.ts';

export interface Patient {
  file: ReadPlanFile;
  /** The name of the plan. */
  plan: string;
  /** The stage, or why none is found; undefined where the workflows run on this machine. */
  deployed: Promise<Observed<string>> | undefined;
}

/**
 * Looks at everything that a backup or a restore of a plan rests on, all at the same time, and judges it. Nothing is
 * changed. Without credentials nothing can be looked at, and nothing is to be looked for in another account or region, so
 * these come first.
 *
 * @returns one finding a check, in the order of the catalogue
 * @throws TandemError PLAN_UNKNOWN
 */
export async function diagnose({ file, plan: name, ...patient }: Patient, ports: DiagnosisPorts): Promise<Finding[]> {
  const plan = findPlan(file, name);
  const [caller, region, deployed] = await Promise.all([
    observe(() => ports.account.identity()),
    observe(ports.region),
    patient.deployed,
  ]);
  const now = ports.clock.now();
  const credentials = judgeCredentials(caller);
  if ('unseen' in region || credentials.outcome === 'failed') {
    return inOrder(
      credentials.outcome === 'failed' ? [credentials] : [],
      'there are no credentials, or no region, to look with',
    );
  }
  const subject = { name, plan, file, deployed, region: region.seen };
  const regionOfCatalog = await lookAtCatalogBucket(subject, ports);
  const first = [...judgeAccount(caller, subject, regionOfCatalog), judgeClock(caller, now)];
  if (isElsewhere(caller, subject, regionOfCatalog)) {
    return inOrder(first, 'what the plan file names is of another account or region');
  }
  const found = await Promise.all([
    first,
    lookAtDeployment(subject, caller, ports),
    lookAtTables(subject, file, ports),
    lookAtStores(subject, file, caller, ports),
    lookAtRestore(subject, ports).then((last) => [judgeLastRestore(last, subject, now)]),
  ]);
  return inOrder(found.flat(), noSearch);
}

/** Where nothing is deployed, the bucket of the catalog may tell that it is in another region. */
async function lookAtCatalogBucket(
  subject: Subject,
  { buckets }: Pick<DiagnosisPorts, 'buckets'>,
): Promise<Observed<string>> {
  const stage = stageOf(subject);
  const isMissing = 'unseen' in stage && stage.unseen.code === 'NOT_DEPLOYED';
  return isMissing ? observe(() => buckets.region(subject.file.catalog.bucket)) : unseen('the deployment is there');
}

/** The catalog, and the domain with its snapshots, each of which tells something about the other. */
async function lookAtStores(
  subject: Subject,
  file: ReadPlanFile,
  caller: Observed<AccountIdentity>,
  ports: DiagnosisPorts,
): Promise<Finding[]> {
  const catalog = lookAtCatalog(subject, ports);
  const { search } = subject.plan;
  const recoveryPoints = catalog.then((seen) => judgeRecoveryPoints(seen, subject, ports.clock.now()));
  if (search === undefined) return recoveryPoints;
  const principals = lookAtPrincipals(subject, caller, ports);
  const domain = lookAtDomain(subject, { search, file, catalog, principals }, ports);
  const verification = domain.then((diagnosis) => diagnosis.verification);
  const snapshots = lookAtSnapshots(subject, { search, principals, verification }, ports);
  const [points, { findings }, others] = await Promise.all([recoveryPoints, domain, snapshots]);
  return [...points, ...findings, ...others];
}

/** @param why what was not looked at was not */
function inOrder(found: Finding[], why: string): Finding[] {
  return checkCodes.map((code) => found.find((finding) => finding.code === code) ?? notChecked(code, why));
}
