import type { Observed } from '../../core/diagnosis/observed.ts';
import type { CatalogFacts } from '../../core/diagnosis/recovery-points.ts';
import type { Subject } from '../../core/diagnosis/subject.ts';
import { listRecoveryPoints } from '../recovery-points.ts';
import { observe } from './observe.ts';
import type { DiagnosisPorts } from './ports.ts';

/** The recovery points of the plan. */
export function lookAtCatalog(
  { file, name }: Subject,
  { openCatalog }: Pick<DiagnosisPorts, 'openCatalog'>,
): Promise<Observed<CatalogFacts>> {
  return observe(async () => {
    const listed = await listRecoveryPoints(openCatalog(file.catalog.bucket), name);
    return {
      // A safety point is no backup: however new, it says nothing of the schedule.
      manifests: listed.flatMap(({ manifest }) => (manifest?.safetyOf === undefined ? (manifest ?? []) : [])),
      damaged: listed.filter(({ damage }) => damage !== undefined).map(({ plan, id }) => ({ plan, id })),
    };
  });
}
