import type { SearchPlan } from '../../../contracts/plan-file.ts';
import type { RestorePlan } from '../../../contracts/restore-plan.ts';
import { few } from '../../../core/deadline.ts';
import { tandemCommand } from '../../../core/how-to-go-on.ts';
import { writerProblems } from '../../../core/reader-domain.ts';
import { touchesWhatExists } from '../../../core/safety-point.ts';
import { TandemError } from '../../../errors/tandem-error.ts';
import type { SearchDomain } from '../../../ports/search-domain.ts';
import type { Verdict } from './verdict.ts';

/**
 * Whether another domain than the plan's has the repository that it restores from, and only reads it. Finds
 * REPOSITORY_NOT_FOUND, REPOSITORY_WRITABLE.
 *
 * @param reader the domain as it is to be set up
 * @param repository that is restored from
 */
export async function readerProblems(
  plan: string,
  reader: SearchPlan,
  repository: string,
  { snapshots }: SearchDomain,
): Promise<TandemError[]> {
  const registered = await snapshots.repository(repository);
  if (registered !== undefined) return writerProblems(registered, reader);
  const message = `The domain at ${reader.endpoint} has no repository ${repository}.`;
  const remedy = `Have it registered there, read-only: ${tandemCommand('setup', plan, { toEndpoint: reader.endpoint })}`;
  return [new TandemError('REPOSITORY_NOT_FOUND', message, { remedy })];
}

/**
 * Whether a restore to another domain can be undone, where that is wanted: no snapshot can be taken of what is replaced
 * there, as its repository is read-only. Finds SAFETY_POINT_IMPOSSIBLE.
 */
export function readerSafetyGuard(plan: RestorePlan, wanted: boolean): Verdict {
  if (plan.toEndpoint === null || !wanted || !touchesWhatExists(plan)) return verdict(undefined);
  const there = plan.indices.flatMap(({ currentName }) => currentName ?? []);
  const message = `No safety point can be taken in the domain at ${plan.toEndpoint}, which only reads the repository, and has these indices: ${few(there)}.`;
  return verdict(
    new TandemError('SAFETY_POINT_IMPOSSIBLE', message, {
      remedy:
        'Restore them beside (--index-strategy beside), or replace them without a safety point (--no-safety-point).',
    }),
  );
}

function verdict(problem: TandemError | undefined): Verdict {
  return { problems: problem === undefined ? [] : [problem], remarks: [] };
}
