import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll } from 'vitest';
import type { IndexRecovery } from '../../shared/ports/search-indices.ts';
import type { Snapshot } from '../../shared/ports/snapshots.ts';
import { eventually } from './eventually.ts';
import type { NewIndex } from './search-of-engine.ts';
import type { Search, SearchSubject } from './search-subjects.ts';

/** A name that nothing else has. */
export function nameOf(text: string): string {
  return `${text}-${randomUUID().slice(0, 8)}`;
}

/** Opens a domain for the tests of a suite, closes it after them, and does there what most of them begin with. */
export function searchTrial({ open }: SearchSubject) {
  let opened: Search;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.stop());

  const trial = {
    get search(): Search {
      return opened;
    },

    async newIndex(index: NewIndex = {}, name = nameOf('index')): Promise<string> {
      await opened.createIndex(name, index);
      return name;
    },

    async newRepository(settings: Record<string, string> = {}): Promise<string> {
      const name = nameOf('repository');
      await opened.snapshots.register(name, opened.newRepository(settings));
      return name;
    },

    /** A snapshot when it has ended. */
    ended(repository: string, name: string): Promise<Snapshot> {
      return eventually(opened, async () => {
        const snapshot = await opened.snapshots.get(repository, name);
        return snapshot === undefined || snapshot.state === 'IN_PROGRESS' ? undefined : snapshot;
      });
    },

    async newSnapshot(repository: string, indices: string[]): Promise<Snapshot> {
      const name = nameOf('snapshot');
      await opened.snapshots.start(repository, name, indices, { run: name });
      return trial.ended(repository, name);
    },

    /** How the recovery of an index stands, once it looks as wanted. */
    recovered(index: string, wanted: (recovery: IndexRecovery) => boolean): Promise<IndexRecovery> {
      return eventually(opened, async () => {
        const [recovery] = await opened.indices.recovery([index]);
        return recovery !== undefined && wanted(recovery) ? recovery : undefined;
      });
    },
  };
  return trial;
}
