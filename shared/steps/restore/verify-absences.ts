import type { Difference } from '../../contracts/ledger/verification.ts';
import type { RestorePlan } from '../../contracts/restore-plan.ts';
import type { SearchDomain } from '../../ports/search-domain.ts';
import type { Tables } from '../../ports/tables.ts';

/** What exists though it was to be removed. */
export async function verifyAbsences(
  plan: RestorePlan,
  tables: Pick<Tables, 'describe'>,
  domain: SearchDomain | null,
): Promise<Difference[]> {
  const [gone, away] = [removed(plan.tables), removed(plan.indices)];
  const described = await Promise.all(gone.map((name) => tables.describe(name)));
  const present = away.length === 0 ? undefined : await domain?.indices.uuids(away);
  return [
    ...described.flatMap((table) => (table === undefined ? [] : [tooMany('table', table.name)])),
    ...[...(present?.keys() ?? [])].map((name) => tooMany('index', name)),
  ];
}

function removed(parts: { name: string; action: string }[]): string[] {
  return parts.filter(({ action }) => action === 'remove').map(({ name }) => name);
}

function tooMany(kind: Difference['kind'], name: string): Difference {
  return { kind, name, what: kind, expected: 'does not exist', found: 'exists' };
}
