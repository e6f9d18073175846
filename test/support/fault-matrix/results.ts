import type { Ending } from '../../../docs/faults/words.ts';

/** Endings by row and column, as they were found. */
export class Results {
  readonly #columns: readonly string[];
  readonly #rows = new Map<string, Map<string, Set<Ending>>>();

  constructor(columns: readonly string[]) {
    this.#columns = columns;
  }

  add(row: string, column: string, ending: Ending): void {
    const cells = this.#rows.get(row) ?? new Map<string, Set<Ending>>();
    this.#rows.set(row, cells.set(column, (cells.get(column) ?? new Set()).add(ending)));
  }

  /** A table of Markdown, the same whatever the order in which they were found. */
  table(title: string): string {
    const rows = [...this.#rows].sort(([one], [other]) => (one < other ? -1 : 1));
    return [
      line([title, ...this.#columns]),
      line(['---', ...this.#columns.map(() => '---')]),
      ...rows.map(([row, cells]) => line([`\`${row}\``, ...this.#columns.map((column) => told(cells.get(column)))])),
    ].join('\n');
  }
}

function line(cells: string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function told(endings: Set<Ending> = new Set()): string {
  return [...endings].sort().join(', ');
}
