import Table from 'cli-table3';
import prettyBytes from 'pretty-bytes';
import prettyMilliseconds from 'pretty-ms';
import * as z from 'zod';

/** What `tandem backup --json` answers, as far as the demo tells it. */
export const backupAnswerSchema = z.object({
  recoveryPoint: z.string(),
  skewSeconds: z.number(),
  tables: z.array(z.object({ name: z.string(), items: z.number(), bytes: z.number() })),
  snapshot: z.object({ indices: z.array(z.object({ name: z.string(), documents: z.number(), bytes: z.number() })) }),
});

/** What `tandem restore --json` answers, as far as the demo tells it. */
export const restoreAnswerSchema = z.object({
  state: z.string(),
  tables: z.array(z.object({ name: z.string() })),
  indices: z.array(z.object({ name: z.string() })),
  differences: z.array(z.unknown()),
});

export interface Outcome {
  backup: z.infer<typeof backupAnswerSchema>;
  restore: z.infer<typeof restoreAnswerSchema>;
  /** Milliseconds, by part. */
  durations: Record<string, number>;
  damage: string[];
  /** How many places differed after the damage. */
  damagedPlaces: number;
  /** What differs after the restore from what there was before. */
  differences: string[];
  /** How many items, documents and index layouts were compared. */
  comparedPlaces: number;
}

const longestList = 20;

/** The demo's report, for people. */
export function demoReport(outcome: Outcome): string {
  const { backup, restore, durations, damage, differences } = outcome;
  return [
    '',
    `Recovery point ${backup.recoveryPoint}, skew between the two stores ${backup.skewSeconds.toFixed(1)} s`,
    contents(backup),
    'Durations',
    ...Object.entries(durations).map(([part, taken]) => `  ${part.padEnd(9)} ${prettyMilliseconds(taken)}`),
    `Damaged (${outcome.damagedPlaces} items, documents and layouts differed)`,
    ...damage.map((line) => `  ${line}`),
    `Restored: ${restore.tables.length} tables, ${restore.indices.length} indices; Tandem's own verification: ${restore.state}`,
    `Compared afterwards: ${outcome.comparedPlaces} items, documents and layouts, past Tandem`,
    'An item that was written after the restore showed up in its index, by a trigger that Tandem made again',
    '',
    ...verdict(differences),
  ].join('\n');
}

function contents({ tables, snapshot }: Outcome['backup']): string {
  const table = new Table({ head: ['', 'backed up', 'items or documents', 'size'], style: { head: [], border: [] } });
  for (const { name, items, bytes } of tables) table.push(['table', name, items, prettyBytes(bytes)]);
  for (const { name, documents, bytes } of snapshot.indices) table.push(['index', name, documents, prettyBytes(bytes)]);
  return table.toString();
}

function verdict(differences: string[]): string[] {
  if (differences.length === 0) return ['identical'];
  const more = differences.length - longestList;
  return [...differences.slice(0, longestList), ...(more > 0 ? [`and ${more} more differences`] : [])];
}
