import type { IndexRecord } from '../../contracts/manifest.ts';
import type { Patterns, Plan } from '../../contracts/plan-file.ts';
import type { WritersOfPlan } from '../../contracts/restore-plan.ts';
import type { RestoreSource } from '../../contracts/restore-source.ts';
import type { NamesInUse } from '../../core/alias-clashes.ts';
import { ownName } from '../../core/index-names.ts';
import type { Parts } from '../../core/parts.ts';
import type { Present } from '../../core/restore-plan.ts';
import { isScratchName } from '../../core/scratch-table.ts';
import { matchIndices, matchNames } from '../../core/selection.ts';
import { isSystemIndex } from '../../core/system-indices.ts';
import type { SearchDomain } from '../../ports/search-domain.ts';
import type { TableDescription, Tables } from '../../ports/tables.ts';

/** What exists now of what a restore touches, and what is around it. */
export interface PresentState {
  /** Of the tables that are restored. */
  descriptions: TableDescription[];
  /** All tables of the account. */
  tableNames: string[];
  indices: PresentIndices;
}

interface PresentIndices {
  /** Those that exist now in the place of one that is restored: of its name, or by what a swap made of that. */
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
  { descriptions, tableNames, indices }: PresentState,
  writers: WritersOfPlan,
  plan: Plan,
  { safetyOf }: Pick<RestoreSource, 'safetyOf'>,
): Present {
  const triggers = Map.groupBy(writers.mappings, ({ table }) => table);
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
      tables: matched(plan.tables, tableNames, matchNames).filter((table) => !isScratchName(table)),
      indices: matched(plan.search?.indices, indices.inUse.indices, matchIndices).filter(
        (index) => !isSystemIndex(index),
      ),
    },
    dataNodes: indices.dataNodes,
    writers,
  };
}

function matched(
  { include, exclude }: Patterns = { include: [], exclude: [] },
  names: string[],
  match: typeof matchNames,
): string[] {
  const excluded = new Set(match(exclude, names));
  return match(include, names)
    .filter((name) => !excluded.has(name))
    .sort();
}

async function lookAtTables(names: string[], { tables }: LookPorts) {
  const [tableNames, described] = await Promise.all([
    tables.list(),
    Promise.all(names.map((name) => tables.describe(name))),
  ]);
  return { tableNames, descriptions: described.filter((table) => table !== undefined) };
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
  const places = new Set(names.map(ownName));
  const present = list.filter((name) => places.has(ownName(name)) && !undeletable.includes(name));
  const [described, createdAt] =
    present.length === 0
      ? [[], new Map<string, Date>()]
      : await Promise.all([indices.describe(present), indices.createdAt(present)]);
  return { described, createdAt, inUse: { indices: list, aliases, dataStreams }, undeletable, dataNodes };
}
