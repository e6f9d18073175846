import type { TableRestores, Verification } from '../../contracts/ledger.ts';
import type { Manifest, SearchRecord } from '../../contracts/manifest.ts';
import type { IndexToRestore, RestorePlan, SharedAlias } from '../../contracts/restore-plan.ts';
import type { RestoreState } from '../../contracts/steps.ts';
import { aliasDifferences, aliasRemedy, indexDifferences, tableDifferences } from '../../core/differences.ts';
import { aliasesAfter } from '../../core/index-swap.ts';
import { sharedAliases } from '../../core/shared-aliases.ts';
import { isCaptured } from '../../core/table-settings.ts';
import { errorCatalogue } from '../../errors/catalogue.ts';
import { TandemError } from '../../errors/tandem-error.ts';
import type { Clock } from '../../ports/clock.ts';
import type { OpenCatalog } from '../../ports/object-store.ts';
import type { ConnectSearch, SearchDomain } from '../../ports/search-domain.ts';
import type { StepRun } from '../../ports/step-run.ts';
import type { StreamConsumers } from '../../ports/stream-consumers.ts';
import type { TableDescription, Tables } from '../../ports/tables.ts';
import {
  changedSettingsPart,
  indexRestorePart,
  openLedger,
  restoreRunPart,
  tableRestoresPart,
  verificationPart,
} from '../ledger.ts';
import { findRecoveryPoint } from '../recovery-points.ts';
import { settingsOf } from './settings-of.ts';
import { verifyAbsences } from './verify-absences.ts';

export interface VerifyRestorePorts {
  openCatalog: OpenCatalog;
  tables: Tables;
  streamConsumers: StreamConsumers;
  connectSearch: ConnectSearch;
  clock: Clock;
}

type Verified = Pick<Verification, 'differences'>;

/**
 * Compares what is there now with the manifest. A restore has worked when this finds nothing.
 *
 * @throws TandemError DIFFERENCES_FOUND
 */
export async function verifyRestore(
  state: RestoreState,
  ports: VerifyRestorePorts,
  step: StepRun,
): Promise<RestoreState> {
  const store = ports.openCatalog(state.catalog);
  const ledger = openLedger(store, state.plan, state.run);
  const { restorePlan, connection } = (await ledger.get(restoreRunPart)).value;
  const manifest = await findRecoveryPoint(store, restorePlan.plan, restorePlan.recoveryPoint);
  const restores = (await ledger.read(tableRestoresPart))?.value ?? new Map();
  const tables = await verifyTables(restorePlan, manifest, restores, ports);
  const domain = connection && ports.connectSearch(connection);
  const indices = await verifyIndices(restorePlan, manifest.search, domain);
  const absences = await verifyAbsences(restorePlan, ports.tables, domain);
  const differences = [...tables.differences, ...indices.differences, ...absences];
  const verification: Verification = {
    verifiedAt: ports.clock.now().toISOString(),
    tables: tables.tables,
    indices: indices.indices,
    differences,
    remarks: [
      ...((await ledger.read(indexRestorePart))?.value.remarks ?? []),
      ...((await ledger.read(changedSettingsPart))?.value.remarks ?? []),
    ],
  };
  await ledger.write(verificationPart, verification, await ledger.read(verificationPart));
  step.metric('differences', 'Count', differences.length);
  if (differences.length > 0) {
    const listed = differences.map((one) => `${one.kind} ${one.name}: ${one.what}: ${one.found}, not ${one.expected}`);
    const { remedy } = errorCatalogue.DIFFERENCES_FOUND;
    throw new TandemError('DIFFERENCES_FOUND', `${differences.length} difference(s): ${listed.join('; ')}`, {
      remedy: indices.shared.length === 0 ? remedy : `${remedy} ${aliasRemedy(indices.shared)}`,
    });
  }
  return { ...state, lastStep: 'VerifyRestore' };
}

async function verifyTables(
  plan: RestorePlan,
  manifest: Manifest,
  restores: TableRestores,
  ports: VerifyRestorePorts,
): Promise<Verified & Pick<Verification, 'tables'>> {
  const names = new Set(plan.tables.map((table) => table.name));
  const records = manifest.tables.filter((table) => names.has(table.name));
  const verified = await Promise.all(
    records.map(async (record) => {
      const table = await ports.tables.describe(record.name);
      const live = table && {
        tableId: table.tableId,
        shape: table.shape,
        status: table.status,
        settings: await settingsOf(table, ports.tables),
        triggers: isCaptured(record.settings, 'eventSourceMappings')
          ? await triggersOf(table, ports.streamConsumers)
          : undefined,
      };
      return {
        name: record.name,
        items: record.items,
        differences: tableDifferences(record, live, restores.get(record.name)?.newTableId),
      };
    }),
  );
  return {
    tables: verified.map(({ name, items }) => ({ name, items })),
    differences: verified.flatMap((table) => table.differences),
  };
}

async function triggersOf({ stream }: TableDescription, consumers: StreamConsumers): Promise<string[]> {
  const mappings = stream === undefined ? [] : await consumers.list(stream.arn);
  return mappings.map((mapping) => mapping.functionArn);
}

/** What is to be there in the end: as it was recorded, under its own name or another one. */
function expectedOf(steps: IndexToRestore[], recorded: SearchRecord['indices']): SearchRecord['indices'] {
  const records = new Map(recorded.map((record) => [record.name, record]));
  return steps.flatMap((step) => {
    const record = step.action === 'remove' ? undefined : records.get(step.name);
    return record === undefined ? [] : { ...record, name: step.target, aliases: aliasesAfter(step, recorded) };
  });
}

async function verifyIndices(
  plan: RestorePlan,
  search: SearchRecord | null,
  domain: SearchDomain | null,
): Promise<Verified & Pick<Verification, 'indices'> & { shared: SharedAlias[] }> {
  if (search === null || domain === null) return { indices: [], differences: [], shared: [] };
  const records = expectedOf(plan.indices, search.indices);
  const names = records.map(({ name }) => name);
  const live = new Map((await domain.indices.describe(names)).map((index) => [index.name, index]));
  const health = new Map((await domain.indices.recovery(names)).map((index) => [index.index, index.health]));
  const restored = plan.indices.filter(({ action }) => action !== 'remove');
  const shared = sharedAliases(search.indices, restored, plan.kept.indices, await domain.indices.aliases());
  return {
    shared,
    indices: records.map(({ name }) => ({
      name,
      documents: live.get(name)?.documents ?? null,
      health: health.get(name) ?? 'gone',
    })),
    differences: [
      ...records.flatMap((record) => indexDifferences(record, live.get(record.name))),
      ...aliasDifferences(shared),
    ],
  };
}
