import type { RestoreRun } from '../../contracts/ledger/restore-run.ts';
import type { Plan } from '../../contracts/plan-file.ts';
import { needsOtherPoint, type RunPlace } from '../../core/how-to-go-on.ts';
import { domainMeant } from '../../core/reader-domain.ts';
import { TandemError } from '../../errors/tandem-error.ts';
import type { ObjectStore } from '../../ports/object-store.ts';
import type { ConnectSearch } from '../../ports/search-domain.ts';
import type { TableBackups } from '../../ports/table-backups.ts';
import type { CapturePorts } from '../capture-table.ts';
import { firstContact } from '../first-contact.ts';
import type { Ledger } from '../ledger.ts';
import { afterGuards } from './after-guards.ts';
import { sourceGuard } from './guards/source.ts';
import { connectionFor } from './restore-connection.ts';
import { sourceOf } from './sources/find-source.ts';

interface ResumePorts extends CapturePorts {
  backups: TableBackups;
  connectSearch: ConnectSearch;
  /** Where this runs, as the command line finds it. */
  place: RunPlace;
}

/**
 * A run that has begun to change things, with the domain as the plan file has it now. Only what it restores from is looked at.
 *
 * @throws TandemError SOURCE_LOST, SOURCE_UNREADABLE
 */
export const resumeRestore = afterGuards(async function resumeRestore(
  settled: RestoreRun,
  ledger: Ledger,
  store: ObjectStore,
  plan: Plan,
  ports: ResumePorts,
): Promise<RestoreRun> {
  const { restorePlan, asked } = settled;
  const source = await sourceOf(settled, ledger, store);
  const parts = {
    tables: restorePlan.tables.map((table) => table.name),
    indices: restorePlan.indices.map((index) => index.name),
  };
  const search = plan.search && domainMeant(plan.search, asked.toEndpoint, ports.place);
  const connection = connectionFor(search, source, parts.indices);
  const domain = connection && ports.connectSearch(connection);
  const { problems } = await firstContact(() => sourceGuard(source, parts, domain, ports));
  const worst = problems.find(({ code }) => needsOtherPoint([code])) ?? problems[0];
  if (worst === undefined) return { ...settled, connection };
  const message = problems.map((problem) => problem.message).join(' ');
  throw new TandemError(worst.code, message, { cause: worst, remedy: worst.remedy });
});
