import Table from 'cli-table3';
import type { ListedRecoveryPoint } from '../../shared/steps/recovery-points.ts';
import type { Answer } from './answer.ts';
import type { Colors } from './colors.ts';
import { size, sum } from './words.ts';

/** What `tandem list` answers: every recovery point, a damaged one too. */
export function listAnswer(points: ListedRecoveryPoint[]): Answer {
  const rows = points.map(rowOf);
  return { document: rows, text: (colors) => textOf(rows, points, colors) };
}

type Row = ReturnType<typeof rowOf>;

/** What a damaged manifest says cannot be relied on, so that nothing of it is told. */
function rowOf({ id, plan, manifest }: ListedRecoveryPoint) {
  const point = { recoveryPoint: id, plan };
  if (manifest === undefined) {
    return {
      ...point,
      state: 'DAMAGED',
      createdAt: null,
      tables: null,
      indices: null,
      bytes: null,
    } as const;
  }
  const indices = manifest.search?.indices ?? [];
  return {
    ...point,
    state: 'COMPLETE',
    createdAt: manifest.completedAt,
    tables: manifest.tables.length,
    indices: indices.length,
    bytes: sum([...manifest.tables, ...indices].map((part) => part.bytes)),
    ...(manifest.safetyOf !== undefined && { safetyOf: manifest.safetyOf }),
  } as const;
}

function textOf(rows: Row[], points: ListedRecoveryPoint[], colors: Colors): string {
  if (rows.length === 0) return 'There is no recovery point yet. `npx tandem backup` makes one.';
  const table = new Table({
    head: ['Recovery point', 'Plan', 'State', 'Created (UTC)', 'Tables', 'Indices', 'Size'],
    colAligns: ['left', 'left', 'left', 'left', 'right', 'right', 'right'],
    style: { head: [], border: [], compact: true },
  });
  for (const row of rows) {
    const state = row.state === 'COMPLETE' ? colors.green(row.state) : colors.red(row.state);
    const kind = 'safetyOf' in row ? ', safety point' : '';
    const created = row.createdAt === null ? '' : row.createdAt.slice(0, 19).replace('T', ' ');
    const bytes = row.bytes === null ? '' : size(row.bytes);
    table.push([row.recoveryPoint, row.plan, `${state}${kind}`, created, row.tables ?? '', row.indices ?? '', bytes]);
  }
  const damages = points.flatMap(({ damage }) => (damage === undefined ? [] : [`${damage.message} ${damage.remedy}`]));
  return [table.toString(), ...damages.map((damage) => `${colors.red('damaged:')} ${damage}`)].join('\n');
}
