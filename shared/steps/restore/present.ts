import type { Manifest } from '../../contracts/manifest.ts';
import type { Patterns, Plan } from '../../contracts/plan-file.ts';
import { aliasClashes, type NamesInUse, neighbours } from '../../core/alias-clashes.ts';
import type { Present } from '../../core/restore-plan.ts';
import { matchNames } from '../../core/selection.ts';
import { isSystemIndex } from '../../core/system-indices.ts';
import type { SearchDomain } from '../../ports/search-domain.ts';
import type { TableDescription, Tables } from '../../ports/tables.ts';

/** What exists now of what a restore touches, and what else the plan's patterns match. */
export interface PresentState extends Present {
  descriptions: TableDescription[];
  /** Why the domain would refuse the indices for their names. */
  aliasClashes: string[];
}

export async function lookAtPresent(
  plan: Plan,
  manifest: Manifest,
  parts: { tables: string[]; indices: string[] },
  domain: SearchDomain | null,
  ports: { tables: Tables },
): Promise<PresentState> {
  const described = await Promise.all(parts.tables.map((table) => ports.tables.describe(table)));
  const descriptions = described.filter((table) => table !== undefined);
  const tables = descriptions.map(
    (table) => [table.name, { id: table.tableId, deletionProtected: table.deletionProtection }] as const,
  );
  const inUse = domain === null ? noNames : await namesInUse(domain);
  return {
    descriptions,
    tables: new Map(tables),
    indices: (await domain?.indices.uuids(parts.indices)) ?? new Map(),
    aliases: inUse.aliases,
    aliasClashes: domain === null ? [] : await clashes(manifest, parts.indices, inUse, domain),
    matched: {
      tables: plan.tables === undefined ? [] : matched(plan.tables, await ports.tables.list()),
      indices: matched(plan.search?.indices, inUse.indices).filter((index) => !isSystemIndex(index)),
    },
  };
}

function matched({ include, exclude }: Patterns = { include: [], exclude: [] }, names: string[]): string[] {
  const excluded = new Set(matchNames(exclude, names));
  return matchNames(include, names).filter((name) => !excluded.has(name));
}

const noNames: NamesInUse = { indices: [], aliases: new Map() };

async function namesInUse({ indices }: SearchDomain): Promise<NamesInUse> {
  return { indices: await indices.list(), aliases: await indices.aliases() };
}

async function clashes(
  manifest: Manifest,
  names: string[],
  inUse: NamesInUse,
  { indices }: SearchDomain,
): Promise<string[]> {
  const restored = (manifest.search?.indices ?? []).filter((index) => names.includes(index.name));
  const beside = neighbours(restored, inUse);
  return aliasClashes(restored, inUse, beside.length === 0 ? [] : await indices.describe(beside));
}
