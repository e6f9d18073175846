import Table from 'cli-table3';
import { restorableIndices } from '../../shared/core/snapshot-source.ts';
import type { Snapshot } from '../../shared/ports/snapshots.ts';
import type { Answer } from './answer.ts';
import type { Colors } from './colors.ts';

/** What `tandem list --repository` answers: every snapshot, one that is not good too, the newest first. */
export function snapshotsAnswer(repository: string, snapshots: Snapshot[]): Answer {
  const rows = snapshots.map((snapshot) => rowOf(repository, snapshot));
  return { document: rows, text: (colors) => textOf(repository, rows, colors) };
}

type Row = ReturnType<typeof rowOf>;

function rowOf(repository: string, snapshot: Snapshot) {
  const { name, uuid, state, startedAt, completedAt, shards, version } = snapshot;
  return {
    /** As --snapshot takes it. */
    snapshot: `${repository}/${name}`,
    ...{ repository, name, uuid, state },
    startedAt: startedAt.toISOString(),
    completedAt: completedAt?.toISOString() ?? null,
    /** Those that a restore may bring back: no system indices. */
    indices: restorableIndices(snapshot),
    shards,
    engineVersion: version ?? null,
  };
}

function textOf(repository: string, rows: Row[], colors: Colors): string {
  if (rows.length === 0) return `Repository ${repository} holds no snapshot.`;
  const table = new Table({
    head: ['Snapshot', 'State', 'Started (UTC)', 'Ended (UTC)', 'Indices', 'Shards', 'Version'],
    colAligns: ['left', 'left', 'left', 'left', 'right', 'right', 'left'],
    style: { head: [], border: [], compact: true },
  });
  for (const { snapshot, state, startedAt, completedAt, indices, shards, engineVersion } of rows) {
    const color = state === 'SUCCESS' ? colors.green : colors.red;
    const ended = completedAt === null ? '' : clock(completedAt);
    const taken = shards.failed === 0 ? String(shards.total) : `${shards.successful} of ${shards.total}`;
    table.push([snapshot, color(state), clock(startedAt), ended, indices.length, taken, engineVersion ?? '']);
  }
  return `${table.toString()}\nTo restore from one: npx tandem restore --snapshot ${rows[0]?.snapshot} --dry-run`;
}

function clock(moment: string): string {
  return moment.slice(0, 19).replace('T', ' ');
}
