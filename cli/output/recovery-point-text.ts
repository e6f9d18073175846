import type { Manifest } from '../../shared/contracts/manifest.ts';
import type { Colors } from './colors.ts';
import { counted, seconds, size, sum } from './words.ts';

/** What a recovery point holds, a line a side. */
export function contentsOf({ tables, search, skewSeconds }: Manifest): string[] {
  const lines: string[] = [];
  if (tables.length > 0) {
    const items = counted(sum(tables.map((table) => table.items)), 'item');
    lines.push(
      `  ${counted(tables.length, 'table')}, about ${items}, ${size(sum(tables.map((table) => table.bytes)))}`,
    );
  }
  if (search !== null) {
    const { indices } = search;
    const documents = counted(sum(indices.map((index) => index.documents)), 'document');
    const bytes = size(sum(indices.map((index) => index.bytes)));
    lines.push(`  ${counted(indices.length, 'index', 'indices')}, ${documents}, ${bytes}`);
  }
  if (tables.length > 0 && search !== null) {
    // DynamoDB tells the moment of a backup only to about a minute: nothing to promise.
    lines.push(`  skew ${seconds(skewSeconds)} between tables and indices`);
  }
  return lines;
}

export function warningsOf({ warnings }: Manifest, colors: Colors): string[] {
  return warnings.map((warning) => `${colors.yellow('warning:')} ${warning}`);
}
