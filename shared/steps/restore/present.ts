import type { IndexRecord, Manifest } from '../../contracts/manifest.ts';
import type { Patterns, Plan } from '../../contracts/plan-file.ts';
import type { NamesInUse } from '../../core/alias-clashes.ts';
import type { Parts, Present } from '../../core/restore-plan.ts';
import { isScratchName } from '../../core/scratch-table.ts';
import { matchNames } from '../../core/selection.ts';
import { isSystemIndex } from '../../core/system-indices.ts';
import type { PresentTable } from '../../core/table-steps.ts';
import type { SearchDomain } from '../../ports/search-domain.ts';
import type { StreamConsumers } from '../../ports/stream-consumers.ts';
import type { TableDescription, Tables } from '../../ports/tables.ts';
import { ifReadable } from './guards/verdict.ts';

/** What exists now of what a restore touches, and what is around it. */
export interface PresentState {
  /** Of the tables that are restored. */
  descriptions: TableDescription[];
  /** All tables of the account. */
  tableNames: string[];
  triggers: ReadonlyMap<string, PresentTable['triggers']>;
  indices: PresentIndices;
  /** What could not be seen. */
  remarks: string[];
}

interface PresentIndices {
  /** Those that are restored, and exist now. */
  described: IndexRecord[];
  createdAt: ReadonlyMap<string, Date>;
  /** All names of the domain. */
  inUse: NamesInUse;
  /** All indices that a block keeps from being deleted. */
  undeletable: string[];
  dataNodes: number;
}

interface LookPorts {
  tables: Tables;
  streamConsumers: StreamConsumers;
}

export async function lookAtPresent(
  parts: Parts,
  domain: SearchDomain | null,
  ports: LookPorts,
): Promise<PresentState> {
  const [tables, indices] = await Promise.all([
    lookAtTables(parts.tables, ports),
    domain === null ? noIndices : lookAtIndices(parts.indices, domain),
  ]);
  return { ...tables, indices };
}

/**
 * The same, as the plan of a restore shows it. What a restore that is undone has about a table is as good as gone: it is
 * waited for when the table is moved.
 */
export function presentOf(
  { descriptions, tableNames, triggers, indices }: PresentState,
  plan: Plan,
  { safetyOf }: Pick<Manifest, 'safetyOf'>,
): Present {
  const staying = descriptions.filter(({ status }) => safetyOf === undefined || status !== 'DELETING');
  return {
    tables: new Map(
      staying.map(({ name, tableId, deletionProtection, items, bytes, createdAt, shape }) => [
        name,
        {
          ...{ id: tableId, deletionProtected: deletionProtection, items, bytes, createdAt },
          writeUnits: shape.billingMode === 'PROVISIONED' ? shape.throughput?.writeUnits : undefined,
          triggers: triggers.get(name) ?? [],
        },
      ]),
    ),
    indices: new Map(
      indices.described.map(({ name, uuid, documents, bytes }) => [
        name,
        { id: uuid, documents, bytes, createdAt: indices.createdAt.get(name) },
      ]),
    ),
    aliases: indices.inUse.aliases,
    matched: {
      tables:
        plan.tables === undefined ? [] : matched(plan.tables, tableNames).filter((table) => !isScratchName(table)),
      indices: matched(plan.search?.indices, indices.inUse.indices).filter((index) => !isSystemIndex(index)),
    },
    dataNodes: indices.dataNodes,
  };
}

function matched({ include, exclude }: Patterns = { include: [], exclude: [] }, names: string[]): string[] {
  const excluded = new Set(matchNames(exclude, names));
  return matchNames(include, names).filter((name) => !excluded.has(name));
}

async function lookAtTables(names: string[], { tables, streamConsumers }: LookPorts) {
  const [tableNames, described] = await Promise.all([
    tables.list(),
    Promise.all(names.map((name) => tables.describe(name))),
  ]);
  const descriptions = described.filter((table) => table !== undefined);
  const consumers = await Promise.all(
    descriptions.map(async ({ name, stream }) => ({
      name,
      found: await ifReadable(async () => (stream === undefined ? [] : streamConsumers.list(stream.arn))),
    })),
  );
  const unseen = consumers.flatMap(({ found }) => ('unseen' in found ? [found.unseen.message] : []));
  const [why] = unseen;
  return {
    tableNames,
    descriptions,
    triggers: new Map(consumers.map(({ name, found }) => [name, 'seen' in found ? found.seen : []])),
    remarks: why === undefined ? [] : [`the triggers of ${unseen.length} tables could not be seen: ${why}`],
  };
}

const noIndices: PresentIndices = {
  described: [],
  createdAt: new Map(),
  inUse: { indices: [], aliases: new Map(), dataStreams: [] },
  undeletable: [],
  dataNodes: 0,
};

/** An index with a block may not be read either. It is in the way, whatever it holds. */
async function lookAtIndices(names: string[], { indices }: SearchDomain): Promise<PresentIndices> {
  const [undeletable, list, aliases, dataStreams, { dataNodes }] = await Promise.all([
    indices.undeletable(),
    indices.list(),
    indices.aliases(),
    indices.dataStreams(),
    indices.topology(),
  ]);
  const present = names.filter((name) => list.includes(name) && !undeletable.includes(name));
  const [described, createdAt] =
    present.length === 0
      ? [[], new Map<string, Date>()]
      : await Promise.all([indices.describe(present), indices.createdAt(present)]);
  return { described, createdAt, inUse: { indices: list, aliases, dataStreams }, undeletable, dataNodes };
}
