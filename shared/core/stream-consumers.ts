import type { KnownStreamConsumers } from '../contracts/ledger/restore-run.ts';
import type { Pipe, StackExport } from '../ports/stream-references.ts';

type Consumer = KnownStreamConsumers['found'][number];

/** The name of the table whose stream this is: `arn:aws:dynamodb:<region>:<account>:table/<table>/stream/<label>`. */
function tableOf(streamArn: string): string | undefined {
  return /:table\/([^/]+)\/stream\//.exec(streamArn)?.[1];
}

/** Those pipes and exports that name a stream of one of the tables. */
export function consumersOf(tables: ReadonlySet<string>, pipes: Pipe[], exports: StackExport[]): Consumer[] {
  const found = [
    ...pipes.map(({ name, source }) => ({ kind: 'pipe' as const, name, streamArn: source, usedBy: [] })),
    ...exports.map(({ name, value, importedBy }) => ({
      kind: 'export' as const,
      name,
      streamArn: value,
      usedBy: importedBy.toSorted(),
    })),
  ];
  return found
    .flatMap((consumer) => {
      const table = tableOf(consumer.streamArn);
      return table !== undefined && tables.has(table) ? [{ ...consumer, table }] : [];
    })
    .toSorted((a, b) => (`${a.kind} ${a.name}` < `${b.kind} ${b.name}` ? -1 : 1));
}

/**
 * What is to be done about them once the tables have their new streams.
 *
 * @param streams the ARN of the stream of each restored table that has one
 */
export function consumerRemarks({ found, notLookedFor }: KnownStreamConsumers, streams: ReadonlyMap<string, string>) {
  const remarks = found.map((consumer) => {
    const now = streams.get(consumer.table);
    const stream = now === undefined ? 'and the table has none now' : `and the table has ${now} now`;
    return `${textOf(consumer)} ${consumer.streamArn}, ${stream}: ${whatToDo(consumer)}`;
  });
  return [...remarks, ...notLookedFor.map((what) => `Not looked for: ${what}`)];
}

function textOf({ kind, name }: Consumer): string {
  return kind === 'pipe' ? `Pipe ${name} reads` : `Export ${name} of CloudFormation holds`;
}

function whatToDo({ kind, usedBy }: Consumer): string {
  if (kind === 'pipe')
    return 'the source of a pipe cannot be changed, so delete it and make it again on the new stream.';
  const users = usedBy.length === 0 ? 'nothing imports it' : `imported by ${usedBy.join(', ')}`;
  return `deploy its stack so that it exports the new one, and after it what uses it (${users}).`;
}
