import type { Manifest } from '../../shared/contracts/manifest.ts';
import type { Answer } from './answer.ts';
import type { Colors } from './colors.ts';
import { contentsOf, warningsOf } from './recovery-point-text.ts';
import { duration } from './words.ts';

/** What `tandem backup` answers: the recovery point that there is now. */
export function backupAnswer(manifest: Manifest): Answer {
  return { document: documentOf(manifest), text: (colors) => textOf(manifest, colors) };
}

function documentOf(manifest: Manifest) {
  const { recoveryPoint, plan, startedAt, completedAt, skewSeconds, tables, search } = manifest;
  return {
    recoveryPoint,
    plan,
    state: 'COMPLETE',
    startedAt,
    completedAt,
    skewSeconds,
    tables: tables.map(({ name, items, bytes, backupArn }) => ({ name, items, bytes, backupArn })),
    snapshot: search && {
      repository: search.repository.name,
      name: search.snapshot.name,
      uuid: search.snapshot.uuid,
      indices: search.indices.map(({ name, documents, bytes }) => ({ name, documents, bytes })),
    },
  };
}

function textOf(manifest: Manifest, colors: Colors): string {
  const took = duration(manifest.startedAt, manifest.completedAt);
  return [
    `Recovery point ${colors.bold(manifest.recoveryPoint)} is ${colors.green('complete')}, after ${took}.`,
    ...contentsOf(manifest),
    ...warningsOf(manifest, colors),
  ].join('\n');
}
