import prettyMilliseconds from 'pretty-ms';
import type { Manifest } from '../../contracts/manifest.ts';
import { longestGapSeconds } from '../schedule-gap.ts';
import { deploymentChecks } from './checks/deployment.ts';
import { type Finding, finderOf, judged, ok } from './finding.ts';
import type { Observed } from './observed.ts';
import { isForRestoresAlone, type Subject, target } from './subject.ts';

const found = finderOf(deploymentChecks);

/** The recovery points of a catalog, the newest first, and the names of those whose manifests are damaged. */
export interface CatalogFacts {
  manifests: Manifest[];
  damaged: { plan: string; id: string }[];
}

/** A run starts late, is tried again, or comes an hour later once a year, where the clocks are changed. */
const marginSeconds = 3_600;

/** Whether the catalog can be read, and holds what it should by now. */
export function judgeRecoveryPoints(catalog: Observed<CatalogFacts>, subject: Subject, now: Date): Finding[] {
  return [
    judgeCatalog(catalog, subject),
    judged('RECOVERY_POINT_AGE', catalog, ({ manifests }) => judgeAge(manifests, subject, now)),
    judged('RECOVERY_POINTS_INTACT', catalog, ({ damaged }) => judgeIntact(damaged, subject)),
  ];
}

/** What may not be read from here the functions may, which have roles of their own. */
function judgeCatalog(catalog: Observed<CatalogFacts>, subject: Subject): Finding {
  const { bucket } = subject.file.catalog;
  if ('unseen' in catalog) {
    const { code, message: why } = catalog.unseen;
    if (code === 'CATALOG_MISSING') return found('CATALOG', 'missing', { bucket, ...target(subject) });
    if (code === 'ACCESS_DENIED' && subject.deployed === undefined) return found('CATALOG', 'denied', { bucket, why });
  }
  return judged('CATALOG', catalog, () => ok('CATALOG', `s3://${bucket}`));
}

/** The youngest one that there should be ended, at the latest, at the deadline of the last run but the one that is due. */
function judgeAge(manifests: Manifest[], { name, plan }: Subject, now: Date): Finding {
  if (isForRestoresAlone(plan)) return ok('RECOVERY_POINT_AGE', 'the plan makes none: it is for restores alone');
  const newest = manifests.find((manifest) => manifest.plan === name);
  if (newest === undefined) return found('RECOVERY_POINT_AGE', 'never', { plan: name });
  const milliseconds = now.getTime() - Date.parse(newest.completedAt);
  const age = prettyMilliseconds(Math.max(milliseconds, 0), { compact: true });
  const gap = plan.schedule && longestGapSeconds({ ...plan.schedule, timezone: 'UTC' });
  if (gap !== undefined && milliseconds > (gap + plan.deadline + marginSeconds) * 1_000) {
    const values = {
      point: newest.recoveryPoint,
      age,
      period: prettyMilliseconds(gap * 1_000, { compact: true }),
      plan: name,
    };
    return found('RECOVERY_POINT_AGE', 'old', values);
  }
  return ok('RECOVERY_POINT_AGE', `${newest.recoveryPoint}, ${age} old`);
}

function judgeIntact(damaged: CatalogFacts['damaged'], { name, file }: Subject): Finding {
  const own = damaged.filter(({ plan }) => plan === name);
  if (own.length === 0) return ok('RECOVERY_POINTS_INTACT', 'all are what was written');
  return found('RECOVERY_POINTS_INTACT', 'damaged', {
    points: own.map(({ id }) => id),
    bucket: file.catalog.bucket,
    prefix: `recovery-points/${name}/`,
  });
}
