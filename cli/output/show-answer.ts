import type { Manifest } from '../../shared/contracts/manifest.ts';
import { absentIn } from '../../shared/core/manifest.ts';
import type { Answer } from './answer.ts';
import type { Colors } from './colors.ts';
import { contentsOf, warningsOf } from './recovery-point-text.ts';
import { counted, size } from './words.ts';

/** What `tandem show` answers: the manifest, or what a person wants to know of it. */
export function showAnswer(manifest: Manifest): Answer {
  return { document: manifest, text: (colors) => textOf(manifest, colors) };
}

function textOf(manifest: Manifest, colors: Colors): string {
  const { search } = manifest;
  return [
    `Recovery point ${colors.bold(manifest.recoveryPoint)} of plan ${manifest.plan}`,
    `  started ${manifest.startedAt}, complete ${manifest.completedAt}`,
    ...safetyLines(manifest),
    ...contentsOf(manifest),
    ...(manifest.tables.length === 0 ? [] : ['', colors.bold('Tables')]),
    ...manifest.tables.map(({ name, items, bytes }) => `  ${name}  ${counted(items, 'item')}, ${size(bytes)}`),
    ...(search === null ? [] : ['', `${colors.bold('Indices')}, in ${snapshotOf(search)}`]),
    ...(search?.indices ?? []).map(
      ({ name, documents, bytes, aliases }) =>
        `  ${name}  ${documents === null ? 'not counted' : counted(documents, 'document')}, ${size(bytes)}${aliasesOf(aliases)}`,
    ),
    '',
    ...warningsOf(manifest, colors),
    `Hash ${manifest.hash}`,
  ].join('\n');
}

/** What a safety point is, and what restoring it removes. */
function safetyLines(manifest: Manifest): string[] {
  if (manifest.safetyOf === undefined) return [];
  const { tables, indices } = absentIn(manifest);
  const absent = [...tables.map((name) => `table ${name}`), ...indices.map((name) => `index ${name}`)];
  return [
    `  safety point: what restore ${manifest.safetyOf} found`,
    ...(absent.length === 0 ? [] : [`  not there then: ${absent.join(', ')}`]),
  ];
}

function snapshotOf({ repository, snapshot, engine }: NonNullable<Manifest['search']>): string {
  return `snapshot ${repository.name}/${snapshot.name} of ${engine.distribution} ${engine.version}`;
}

function aliasesOf(aliases: Record<string, unknown>): string {
  const names = Object.keys(aliases);
  return names.length === 0 ? '' : `, alias ${names.join(', ')}`;
}
