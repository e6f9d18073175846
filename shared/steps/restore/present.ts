import type { Manifest } from '../../contracts/manifest.ts';
import type { Plan } from '../../contracts/plan-file.ts';
import { aliasClashes } from '../../core/alias-clashes.ts';
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
  const restored = (manifest.search?.indices ?? []).filter((index) => parts.indices.includes(index.name));
  const existing = (await domain?.indices.list()) ?? [];
  return {
    descriptions,
    aliasClashes: aliasClashes(restored, { indices: existing, aliases: (await domain?.indices.aliases()) ?? {} }),
    tables: new Map(
      descriptions.map((table) => [table.name, { id: table.tableId, deletionProtected: table.deletionProtection }]),
    ),
    indices: new Map(Object.entries((await domain?.indices.uuids(parts.indices)) ?? {})),
    matched: {
      tables: plan.tables === undefined ? [] : matchNames(plan.tables.include, await ports.tables.list()),
      indices: matchNames(plan.search?.indices.include ?? [], existing).filter((index) => !isSystemIndex(index)),
    },
  };
}
