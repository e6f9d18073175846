import type { TableRestore, TableRestores } from '../../contracts/ledger/restores.ts';
import type { Difference, Verification } from '../../contracts/ledger/verification.ts';
import type { TableFacts } from '../../contracts/manifest.ts';
import type { IndexToRestore, RestorePlan, SharedAlias, TableToRestore } from '../../contracts/restore-plan.ts';
import type { RestoreSource, SourceSearch } from '../../contracts/restore-source.ts';
import type { RestoreState } from '../../contracts/steps.ts';
import {
  aliasDifferences,
  aliasRemedy,
  type ExpectedIndex,
  indexDifferences,
  shapeDifferences,
  tableDifferences,
} from '../../core/differences.ts';
import { withGained } from '../../core/gained-settings.ts';
import { aliasesAfter } from '../../core/index-swap.ts';
import { recordUnder } from '../../core/record-under.ts';
import { isRefilled } from '../../core/refill.ts';
import { toStart } from '../../core/restore-window.ts';
import { sharedAliases } from '../../core/shared-aliases.ts';
import { consumerRemarks } from '../../core/stream-consumers.ts';
import { isCaptured } from '../../core/table-settings.ts';
import { isBare } from '../../core/table-steps.ts';
import { triggerDifferences } from '../../core/trigger-differences.ts';
import { triggerRemarks, triggersToHave } from '../../core/triggers.ts';
import { errorCatalogue } from '../../errors/catalogue.ts';
import { hasCode, TandemError } from '../../errors/tandem-error.ts';
import type { Clock } from '../../ports/clock.ts';
import type { OpenCatalog } from '../../ports/object-store.ts';
import type { ConnectSearch, SearchDomain } from '../../ports/search-domain.ts';
import type { StepRun } from '../../ports/step-run.ts';
import type { StreamConsumers } from '../../ports/stream-consumers.ts';
import {
  changedSettingsPart,
  indexRestorePart,
  itemReadingsPart,
  type Ledger,
  refillsPart,
  tableRestoresPart,
  verificationPart,
} from '../ledger.ts';
import { Readings, type ReadSettingsPorts } from '../read-settings.ts';
import { readTriggers } from '../stream-triggers.ts';
import { restoreOfRun } from './restore-of-run.ts';
import { liveState } from './settle-table.ts';
import { verifyAbsences } from './verify-absences.ts';
import { verifyDefinitions } from './verify-definitions.ts';
import { verifyItems } from './verify-items.ts';

export interface VerifyRestorePorts extends ReadSettingsPorts {
  openCatalog: OpenCatalog;
  streamConsumers: StreamConsumers;
  connectSearch: ConnectSearch;
  clock: Clock;
}

type Verified = Pick<Verification, 'differences'>;

/**
 * Compares what is there now with what was restored, as the manifest knows it. A restore has worked when this finds nothing.
 *
 * @throws TandemError DIFFERENCES_FOUND
 */
export async function verifyRestore(
  state: RestoreState,
  ports: VerifyRestorePorts,
  step: StepRun,
): Promise<RestoreState> {
  const { ledger, settled, source } = await restoreOfRun(state, ports.openCatalog);
  const { restorePlan, connection, consumers } = settled;
  const restores = (await ledger.read(tableRestoresPart))?.value ?? new Map();
  const refills = (await ledger.read(refillsPart))?.value ?? new Map();
  const tables = await verifyTables(restorePlan, source, restores, ports);
  const domain = connection && ports.connectSearch(connection);
  const indices = await verifyIndices(restorePlan, source.search, domain);
  const definitions = await verifyDefinitions(restorePlan.indices, source.search, domain?.indices);
  const readings = (await ledger.read(itemReadingsPart))?.value;
  const items = verifyItems(settled, source, { refills, readings }, indices.indices);
  const absences = await verifyAbsences(restorePlan, ports.tables, domain);
  const differences = [
    ...tables.differences,
    ...indices.differences,
    ...definitions.differences,
    ...items.differences,
    ...absences,
  ];
  const remarks = [
    ...(source.origin === undefined ? [] : source.warnings),
    ...tables.remarks,
    ...definitions.remarks,
    ...items.remarks,
    ...consumerRemarks(consumers, tables.streams),
    ...((await ledger.read(indexRestorePart))?.value.remarks ?? []),
    ...((await ledger.read(changedSettingsPart))?.value.refused.values() ?? []),
  ];
  const verification: Verification = {
    verifiedAt: ports.clock.now().toISOString(),
    tables: items.tables,
    indices: indices.indices,
    pairs: items.pairs,
    differences,
    remarks,
  };
  await keep(verification, ledger);
  step.metric('differences', 'Count', differences.length);
  if (differences.length > 0) {
    const listed = differences.map((one) => `${one.kind} ${one.name}: ${one.what}: ${one.found}, not ${one.expected}`);
    const remedies = [
      errorCatalogue.DIFFERENCES_FOUND.remedy,
      ...remediesOf(differences),
      ...(indices.shared.length === 0 ? [] : [aliasRemedy(indices.shared)]),
    ];
    throw new TandemError('DIFFERENCES_FOUND', `${differences.length} difference(s): ${listed.join('; ')}`, {
      remedy: remedies.join(' '),
    });
  }
  return { ...state, lastStep: 'VerifyRestore' };
}

/** Of two deliveries that look at the same time, both have looked: what the later one found stands. */
async function keep(verification: Verification, ledger: Ledger): Promise<void> {
  const write = async () => ledger.write(verificationPart, verification, await ledger.read(verificationPart));
  try {
    await write();
  } catch (error) {
    if (!hasCode(error, 'LEDGER_CHANGED')) throw error;
    await write();
  }
}

/** So many remedies are read in an alert; the ledger has them all. */
const remediesShown = 5;

function remediesOf(differences: Difference[]): string[] {
  return differences
    .flatMap(({ kind, name, what, remedy }) => (remedy === undefined ? [] : [`${kind} ${name}, ${what}: ${remedy}.`]))
    .slice(0, remediesShown);
}

async function verifyTables(
  plan: RestorePlan,
  source: RestoreSource,
  restores: TableRestores,
  ports: VerifyRestorePorts,
): Promise<Pick<Verification, 'differences' | 'remarks'> & { streams: Map<string, string> }> {
  const steps = new Map(plan.tables.map((table) => [table.name, table]));
  const compared = source.tables.flatMap((record) => {
    const step = steps.get(record.name);
    const restore = restores.get(record.name) ?? toStart;
    return step === undefined ? [] : [{ step, restore, record: recordUnder(record, step.target) }];
  });
  const verified = await Promise.all(compared.map((one) => verifyTable(one, plan, ports)));
  return {
    differences: verified.flatMap((table) => table.differences),
    remarks: verified.flatMap((table) => table.remarks),
    streams: new Map(verified.flatMap(({ name, streamArn }) => (streamArn === undefined ? [] : [[name, streamArn]]))),
  };
}

interface VerifiedTable extends Pick<Verification, 'differences' | 'remarks'> {
  name: string;
  streamArn?: string | undefined;
}

interface Compared {
  step: TableToRestore;
  restore: TableRestore;
  /** As the table is to be. */
  record: TableFacts;
}

async function verifyTable(
  { step, restore, record }: Compared,
  plan: RestorePlan,
  ports: VerifyRestorePorts,
): Promise<VerifiedTable> {
  const { name } = record;
  const expected = { ...restore, tableId: isRefilled(step) ? step.currentId : restore.newTableId };
  const table = await ports.tables.describe(name);
  if (table === undefined) return { name, differences: tableDifferences(record, undefined, expected), remarks: [] };
  if (isBare(step, plan)) {
    const remarks = [`The settings of table ${name} were not put back: that is done with --settings.`];
    return { name, differences: shapeDifferences(record, table, expected), remarks };
  }
  const live = await liveState(table, record, ports);
  const found = { ...live, tableId: table.tableId, status: table.status };
  const { record: wanted, gained } = isRefilled(step) ? withGained(record, live) : { record, gained: [] };
  const differences = tableDifferences(wanted, found, expected);
  if (step.strategy === 'beside') return { name, differences, remarks: [] };
  const triggers = await verifyTriggers(wanted, live.streamArn, restore, ports.streamConsumers);
  const keeps = gained.length === 0 ? [] : [`Table ${name} keeps what it got since the backup: ${gained.join(', ')}.`];
  return {
    name,
    streamArn: live.streamArn,
    differences: [...differences, ...triggers.differences],
    remarks: [...keeps, ...(isRefilled(step) ? [] : triggers.remarks)],
  };
}

async function verifyTriggers(
  { name, settings }: TableFacts,
  streamArn: string | undefined,
  restore: TableRestore,
  consumers: StreamConsumers,
): Promise<Pick<Verification, 'differences' | 'remarks'>> {
  const wanted = triggersToHave(settings.eventSourceMappings, restore.oldTriggers ?? []);
  const expected = settings.stream === undefined ? [] : wanted;
  const isKnown = isCaptured(settings, 'eventSourceMappings') || expected.length > 0;
  const found = streamArn === undefined || !isKnown ? [] : await readTriggers(streamArn, consumers, new Readings());
  return {
    differences: triggerDifferences({ ...restore, name, streamArn }, expected, found),
    remarks: triggerRemarks({ name, settings }, wanted),
  };
}

/** What is to be there in the end: as it was recorded, under its own name or another one. */
function expectedOf(steps: IndexToRestore[], { indices: recorded, aliasesUntold }: SourceSearch): ExpectedIndex[] {
  const records = new Map(recorded.map((record) => [record.name, record]));
  return steps.flatMap((step) => {
    const record = step.action === 'remove' ? undefined : records.get(step.name);
    if (record === undefined) return [];
    const isUntold = aliasesUntold === true && step.name === step.target;
    return { ...record, name: step.target, aliases: isUntold ? undefined : aliasesAfter(step, recorded) };
  });
}

async function verifyIndices(
  plan: RestorePlan,
  search: SourceSearch | null,
  domain: SearchDomain | null,
): Promise<Verified & Pick<Verification, 'indices'> & { shared: SharedAlias[] }> {
  if (search === null || domain === null) return { indices: [], differences: [], shared: [] };
  const records = expectedOf(plan.indices, search);
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
